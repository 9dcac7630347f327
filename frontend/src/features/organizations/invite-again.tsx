import { Button } from '@cmsgov/design-system';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useAttempts } from '../users/use-attempts';
import { inviteAgain } from './calls';
import { useOrganizationsChanged } from './queries';
import type { OnboardingAdministrator } from './types';

interface Props {
  organizationId: string;
  person: OnboardingAdministrator;
}

/** Mails an administrator who has not registered a new link (ORG-1). */
export function InviteAgain({ organizationId, person }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const attempts = useAttempts();
  const changed = useOrganizationsChanged();
  const send = () =>
    act(async () => {
      await inviteAgain(organizationId, person.id, attempts.keyFor(person.id));
      // The next click is meant as one more.
      attempts.forget();
      flash.here(t('organizations.invitedAgain', { email: person.email }));
      window.scrollTo(0, 0);
      await changed();
    });
  return (
    <div className="p-no-print p-gap-top">
      <Button
        size="small"
        aria-disabled={busy}
        aria-label={t('organizations.inviteAgainName', { name: person.name })}
        onClick={() => void send()}
      >
        {t(busy ? 'overview.busy' : 'organizations.inviteAgain')}
      </Button>
      {problem && (
        <ProblemAlert problem={problem} heading={t('organizations.inviteProblem')} autoFocus />
      )}
    </div>
  );
}
