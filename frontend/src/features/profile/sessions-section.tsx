import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { deleteOwnSession, endOtherSessions } from './calls';
import { useOwnSessions, useSessionsChanged } from './queries';
import { Section, tellDone } from './section';
import type { OwnSession } from './types';

function Row({ session, onEnd }: { session: OwnSession; onEnd: (() => void) | null }) {
  const { t, instant } = useTexts();
  const browser = session.browser || t('profile.sessions.unknown');
  return (
    <li className="p-profile__session">
      <p className="p-flat p-strong">
        {browser}
        {session.current && (
          <span className="p-tag p-tag--active">{t('profile.sessions.this')}</span>
        )}
      </p>
      <p className="p-flat p-muted">
        {t('profile.sessions.started', { time: instant(session.started_at) })}
      </p>
      <p className="p-flat p-muted">
        {t('profile.sessions.used', { time: instant(session.last_seen) })}
      </p>
      {onEnd && (
        <Button
          size="small"
          className="p-gap-top"
          aria-label={`${t('profile.sessions.end')}: ${browser}`}
          onClick={onEnd}
        >
          {t('profile.sessions.end')}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in (CRD-8). This one ends by "Sign out". */
export function SessionsSection() {
  const { t } = useTexts();
  const { data, error, refetch } = useOwnSessions();
  const changed = useSessionsChanged();
  const { busy, problem, act } = useAction();
  const end = (call: () => Promise<unknown>, done: string) =>
    act(async () => {
      await call();
      await changed();
      tellDone('sessions', done);
    });
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <Section name="sessions">
      <p>{t('profile.sessions.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {problem && <ProblemAlert problem={problem} heading={t('profile.problem')} autoFocus />}
      <ul className="p-plain" aria-labelledby="profile-sessions">
        {data?.items.map((session) => (
          <Row
            key={session.id}
            session={session}
            onEnd={
              session.current
                ? null
                : () => void end(() => deleteOwnSession(session.id), t('profile.sessions.ended'))
            }
          />
        ))}
      </ul>
      {others.length > 0 && (
        <Button
          className="p-gap-top"
          aria-disabled={busy}
          onClick={() => void end(endOtherSessions, t('profile.sessions.endedOthers'))}
        >
          {t('profile.sessions.endOthers')}
        </Button>
      )}
    </Section>
  );
}
