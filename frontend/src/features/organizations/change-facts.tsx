import { useTexts } from '../../texts/context';
import type { Organization, OrganizationChange } from './types';

/** What a change does, with all that the second person confirms. */
export function ChangeFacts({
  organization,
  change,
}: {
  organization: Organization;
  change: OrganizationChange;
}) {
  const { t } = useTexts();
  return (
    <dl className="p-facts p-user-facts">
      {change.kind === 'tin' && (
        <>
          <dt>{t('changes.tin.now')}</dt>
          <dd>{organization.tin}</dd>
          <dt>{t('changes.tin.new')}</dt>
          <dd className="p-strong">{change.tin}</dd>
        </>
      )}
      {change.kind === 'merge' && change.into && (
        <>
          <dt>{t('changes.merge.from')}</dt>
          <dd>
            {organization.name}
            <span className="p-aboard__line">
              {t('organizations.tinOf', { tin: organization.tin })}
            </span>
          </dd>
          <dt>{t('changes.merge.into')}</dt>
          <dd className="p-strong">
            {change.into.name}
            <span className="p-aboard__line">
              {t('organizations.tinOf', { tin: change.into.tin })}
            </span>
          </dd>
        </>
      )}
      {change.kind === 'close' && (
        <>
          <dt>{t('changes.close.which')}</dt>
          <dd className="p-strong">
            {organization.name}
            <span className="p-aboard__line">
              {t('organizations.tinOf', { tin: organization.tin })}
            </span>
          </dd>
        </>
      )}
    </dl>
  );
}
