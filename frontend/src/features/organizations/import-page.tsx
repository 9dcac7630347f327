import { Link } from 'wouter';
import { Page } from '../../app/page';
import type { Texts } from '../../texts/context';
import { useTexts } from '../../texts/context';
import { IMPORT_ORGANIZATIONS, ORGANIZATIONS } from '../enrollment/paths';
import { ImportFlow } from '../users/import-flow';
import type { ImportKind } from '../users/import-kind';
import { GRANTED_LEVELS } from '../users/types';
import { getImportProblems, postImport, runImport } from './calls';

/** The columns of the file; the last three may be left out. */
const COLUMNS = [
  'name',
  'tin',
  'npis',
  'executive_name',
  'executive_email',
  'relations_contact',
  'entitlements',
  'wave',
] as const;

const EXAMPLE = [
  'Example Family Practice',
  '012345678',
  '1234567893;1245319599',
  'Maria Example',
  'maria.example@practice.example',
  '',
  GRANTED_LEVELS.slice(1, 3).join(';'),
  '',
];

const PRACTICES: ImportKind = {
  path: IMPORT_ORGANIZATIONS,
  list: ORGANIZATIONS,
  columns: COLUMNS,
  columnText: (t: Texts['t'], column) =>
    t(`organizations.import.column.${column as (typeof COLUMNS)[number]}`, {
      levels: GRANTED_LEVELS.join(', '),
    }),
  template: [COLUMNS, EXAMPLE],
  templateName: 'practices-template.csv',
  announce: postImport,
  run: runImport,
  problems: getImportProblems,
  stale: 'organizations',
  fileHint: 'organizations.import.fileHint',
  problemsHint: 'organizations.import.problemsHint',
  back: 'organizations.back',
  runTitle: 'organizations.import.runTitle',
  good: 'organizations.import.good',
  submit: 'organizations.import.run',
  done: 'organizations.import.done',
};

/** Many practices from a CSV: dry run first, then the import of the good rows (ORG-2). */
export function ImportOrganizationsPage() {
  const { t } = useTexts();
  return (
    <>
      <p className="p-back">
        <Link href={ORGANIZATIONS}>{t('organizations.back')}</Link>
      </p>
      <Page title={t('organizations.import.title')} className="p-user-form">
        <p className="p-lead">{t('organizations.import.lead')}</p>
        <ImportFlow kind={PRACTICES} />
      </Page>
    </>
  );
}
