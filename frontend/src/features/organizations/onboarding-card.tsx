import { useTexts } from '../../texts/context';
import { StatusTag } from '../users/status-tag';
import { LackTag } from '../enrollment/lack-tag';
import { InviteAgain } from './invite-again';
import { stepsOf, warningsOf } from './onboarding-steps';
import type { ShownStep } from './onboarding-steps';
import type { Organization } from './types';

function StepLine({ step, done, at }: ShownStep) {
  const { t, instant } = useTexts();
  return (
    <li className={`p-steps__step ${done ? 'p-steps__step--done' : ''}`}>
      <span className="p-steps__mark" aria-hidden="true" />
      <span className="p-steps__what">{t(`organizations.step.${step}`)}</span>
      <span className="p-steps__when">
        {at ? (
          <time dateTime={at}>{instant(at)}</time>
        ) : (
          t(done ? 'organizations.stepDone' : 'organizations.stepOpen')
        )}
      </span>
    </li>
  );
}

/** How far a practice has come aboard, and who administers it (ORG-1, ORG-3, ORG-4). */
export function OnboardingCard({ organization }: { organization: Organization }) {
  const { t, instant } = useTexts();
  const { onboarding } = organization;
  return (
    <section className="p-card" aria-labelledby="organization-onboarding">
      <h2 id="organization-onboarding" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('onboarding.title')} <LackTag lacks={onboarding.lacks} />
      </h2>
      {onboarding.lacks !== 'complete' && <p>{t(`onboarding.next.${onboarding.lacks}`)}</p>}
      <ol className="p-plain p-steps">
        {stepsOf(onboarding).map((step) => (
          <StepLine key={step.step} {...step} />
        ))}
      </ol>
      <h3 className="ds-text-heading--md p-aboard__sub">{t('organizations.administrators')}</h3>
      {warningsOf(onboarding).map((warning) => (
        <p key={warning} className="p-flat p-overview__late">
          {t(`organizations.warning.${warning}`)}
        </p>
      ))}
      {onboarding.administrators.length === 0 && (
        <p className="p-flat">{t('organizations.noAdministrators')}</p>
      )}
      <ul className="p-plain">
        {onboarding.administrators.map((person) => (
          <li key={person.id} className="p-entry">
            <p className="p-flat">
              <strong>{person.name}</strong>, {t(`users.role.${person.role}`)}{' '}
              <StatusTag status={person.status} />
            </p>
            <p className="p-flat p-muted p-aboard__line">{person.email}</p>
            {person.invitation_ends_at && (
              <p className="p-flat p-muted">
                {t('organizations.invitationEnds', { at: instant(person.invitation_ends_at) })}
              </p>
            )}
            {person.status === 'unverified' && !organization.closed_at && (
              <InviteAgain organizationId={organization.id} person={person} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
