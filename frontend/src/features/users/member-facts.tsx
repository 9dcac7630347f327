import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { EVERYONE } from '../reviews/paths';
import { StatusTag } from './status-tag';
import type { Member } from './types';
import { levelsText } from './words';

/** User information (ACC-4). */
export function MemberFacts({ member }: { member: Member }) {
  const { t, instant } = useTexts();
  const also = member.causes.filter((cause) => cause !== member.status);
  const closesSoon = member.attention.includes('about_to_lapse');
  const time = (iso: string) => <time dateTime={iso}>{instant(iso)}</time>;
  return (
    <section className="p-card" aria-labelledby="user-information">
      <h2 id="user-information" className="ds-text-heading--lg p-flat">
        {t('users.update.information')}
      </h2>
      <dl className="p-facts p-user-facts">
        <dt>{t('users.name')}</dt>
        <dd className="p-strong">{member.name}</dd>
        <dt>{t('users.email')}</dt>
        <dd>{member.email}</dd>
        <dt>{t('users.phone')}</dt>
        <dd>{member.phone || t('users.none')}</dd>
        <dt>{t('users.status')}</dt>
        <dd>
          <StatusTag status={member.status} />{' '}
          <span className="p-muted">{t(`users.status.about.${member.status}`)}</span>
          {also.length > 0 && (
            <p className="p-flat">
              {t('users.status.also', {
                causes: also.map((cause) => t(`users.status.${cause}`)).join(', '),
              })}
            </p>
          )}
        </dd>
        <dt>{t('users.update.lastSignIn')}</dt>
        <dd>{member.last_sign_in_at ? time(member.last_sign_in_at) : t('users.never')}</dd>
        <dt>{t('users.update.tinVerified')}</dt>
        <dd>{t(member.tin_verified ? 'users.yes' : 'users.no')}</dd>
        {member.created_at && (
          <>
            <dt>{t('users.update.created')}</dt>
            <dd>{time(member.created_at)}</dd>
          </>
        )}
        {member.verified_at && (
          <>
            <dt>{t('users.update.verified')}</dt>
            <dd>{time(member.verified_at)}</dd>
          </>
        )}
        {member.review_due_at && (
          <>
            <dt>
              {t(
                member.causes.includes('suspended')
                  ? 'users.update.reviewWasDue'
                  : 'users.update.reviewDue',
              )}
            </dt>
            <dd>
              {time(member.review_due_at)}{' '}
              <Link href={EVERYONE} className="p-no-print">
                {t('nav.reviews')}
              </Link>
            </dd>
          </>
        )}
        {member.inactive_at && member.status === 'active' && (
          <>
            <dt>{t('users.update.closes')}</dt>
            <dd>
              {time(member.inactive_at)}{' '}
              <span className={closesSoon ? 'p-users__soon' : 'p-muted'}>
                {t('users.update.closesAbout')}
              </span>
            </dd>
          </>
        )}
        {member.invitation_ends_at && member.status === 'unverified' && (
          <>
            <dt>
              {t(
                Date.parse(member.invitation_ends_at) > Date.now()
                  ? 'users.update.invitationEnds'
                  : 'users.update.invitationEnded',
              )}
            </dt>
            <dd>{time(member.invitation_ends_at)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Role, access levels and providers as text: where the reader may not change them, and in print. */
export function AccessFacts({ member, id }: { member: Member; id: string }) {
  const { t } = useTexts();
  return (
    <section className="p-card" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} className="ds-text-heading--lg p-flat">
        {t('users.update.access')}
      </h2>
      <dl className="p-facts p-user-facts">
        <dt>{t('users.role')}</dt>
        <dd>{t(`users.role.${member.role}`)}</dd>
        <dt>{t('users.levels')}</dt>
        <dd>{levelsText(t, member.access_levels)}</dd>
        <dt>{t('users.providers')}</dt>
        <dd>{member.providers.join(', ') || t('users.providers.all')}</dd>
      </dl>
    </section>
  );
}
