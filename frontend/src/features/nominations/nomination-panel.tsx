import '../../texts/nominations';
import { Button } from '@cmsgov/design-system';
import { Link } from 'wouter';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useOrganization } from '../organizations/queries';
import type { Organization } from '../organizations/types';
import { useAttempts } from '../users/use-attempts';
import { postNomination } from './calls';
import { nominationPath } from './paths';
import { useNominationChanged } from './queries';
import { sendingOf } from './sending';
import { StateTag } from './state-tag';

function SendButton({ organization, again }: { organization: Organization; again: boolean }) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const changed = useNominationChanged();
  const { busy, problem, act } = useAction();
  const { id, executive_name: name, executive_email: email } = organization;
  const send = async () => {
    // Each press is a new form, except while the same one is tried again.
    await postNomination(id, attempts.keyFor([id, organization.nomination]));
    attempts.forget();
    await changed.sent();
    flash.here(t('nominations.panel.done', { name }));
    window.scrollTo(0, 0);
    document.getElementById('nomination-panel')?.focus({ preventScroll: true });
  };
  return (
    <>
      {problem && (
        <ProblemAlert problem={problem} heading={t('nominations.panel.problem')} autoFocus />
      )}
      <p>
        {t('nominations.panel.to', { name, email })} {again && t('nominations.panel.again')}
      </p>
      <Button className="p-gap-top" aria-disabled={busy} onClick={() => void act(send)}>
        {t(
          busy
            ? 'nominations.panel.busy'
            : organization.nomination
              ? 'nominations.panel.sendAgain'
              : 'nominations.panel.send',
        )}
      </Button>
    </>
  );
}

/** How the nomination of a practice stands, for the practice's own page: sends the form, and leads to it (ORG-1). */
export function NominationPanel({ organizationId }: { organizationId: string }) {
  const { t, instant } = useTexts();
  const { data: organization } = useOrganization(organizationId);
  if (!organization) return null;
  const { nomination } = organization;
  const sending = sendingOf(organization);
  const sentAt = organization.onboarding.form_sent_at;
  return (
    <section className="p-card" aria-labelledby="nomination-panel">
      <h2 id="nomination-panel" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('nominations.panel')}
      </h2>
      {!nomination && <p>{t('nominations.panel.none')}</p>}
      {nomination && (
        <p>
          <StateTag state={nomination.state} />{' '}
          {sentAt && (
            <span className="p-muted">{t('nominations.at.sent', { time: instant(sentAt) })}</span>
          )}
          <br />
          <Link href={nominationPath(organizationId, nomination.id)}>
            {t('nominations.panel.open')}
          </Link>
        </p>
      )}
      {sending === 'unknown' && <p>{t('nominations.panel.unknown')}</p>}
      {sending === 'waits' && <p>{t('nominations.panel.waits')}</p>}
      {(sending === 'send' || sending === 'again') && (
        <SendButton organization={organization} again={sending === 'again'} />
      )}
    </section>
  );
}
