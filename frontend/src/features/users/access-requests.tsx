import { Button } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { decideRequest } from './calls';
import { readAttention } from './queries';
import type { Level, Member } from './types';

/** What this person asked for on a refusal, to be granted or dismissed here (ACC-9). */
export function AccessRequests({ member }: { member: Member }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (member.own || member.requested_levels.length === 0) return null;

  const decide = async (level: Level, granted: boolean) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await decideRequest(member.id, level, granted);
      await client.invalidateQueries({ queryKey: ['users'] });
      readAttention(client);
      const told = granted ? 'users.update.granted' : 'users.update.dismissed';
      flash.here(t(told, { level: t(`users.level.${level}`) }));
      window.scrollTo(0, 0);
      // The button that was pressed is gone.
      document.getElementById('user-access')?.focus({ preventScroll: true });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="p-card p-requests p-no-print" aria-labelledby="user-requests">
      <h2 id="user-requests" className="ds-text-heading--lg p-flat">
        {t('users.update.requested', { name: member.name })}
      </h2>
      {problem && <ProblemAlert problem={problem} autoFocus />}
      <ul className="p-plain">
        {member.requested_levels.map((level) => {
          const name = t(`users.level.${level}`);
          return (
            <li key={level} className="p-actions p-requests__item">
              <span className="p-strong">{name}</span>
              <Button size="small" aria-disabled={busy} onClick={() => void decide(level, true)}>
                {t('users.update.grant', { level: name })}
              </Button>
              <Button
                size="small"
                variation="ghost"
                aria-disabled={busy}
                onClick={() => void decide(level, false)}
              >
                {t('users.update.dismiss', { level: name })}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
