import { Alert } from '@cmsgov/design-system';
import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { NEW_BACKUP } from './paths';
import type { Roster } from './types';

/** Backup first (ORG-3), and what threatens to leave the practice without an administrator (ORG-4). */
export function RosterWarnings({ roster }: { roster: Roster | undefined }) {
  const { t } = useTexts();
  if (!roster || (roster.warnings.length === 0 && !roster.backup_required)) return null;
  const others = roster.warnings.filter((warning) => warning !== 'no_backup');
  return (
    <Alert
      variation="warn"
      role="region"
      className="p-users-warnings"
      heading={t(roster.backup_required ? 'users.roster.backupFirst' : 'users.roster.warnings')}
      headingLevel="2"
    >
      {roster.backup_required && <p className="p-flat">{t('users.roster.backupFirstBody')}</p>}
      {!roster.backup_required && roster.warnings.includes('no_backup') && (
        <p className="p-flat">{t('users.roster.no_backup')}</p>
      )}
      {others.map((warning) => (
        <p key={warning} className="p-flat">
          {t(`users.roster.${warning}`)}
        </p>
      ))}
      {(roster.backup_required || roster.warnings.includes('no_backup')) && (
        <p className="p-gap-top p-flat">
          <Link href={NEW_BACKUP}>{t('users.roster.enrollBackup')}</Link>
        </p>
      )}
    </Alert>
  );
}
