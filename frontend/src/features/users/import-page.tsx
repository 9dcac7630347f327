import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { getImportProblems, postImport, runImport } from './calls';
import { ImportFlow } from './import-flow';
import type { ImportKind } from './import-kind';
import { columnText, COLUMNS, TEMPLATE } from './import-template';
import { IMPORT } from './paths';
import { useRoster } from './queries';
import { RosterWarnings } from './roster-warnings';

const USERS: ImportKind = {
  path: IMPORT,
  list: '/users',
  columns: COLUMNS,
  columnText,
  template: TEMPLATE,
  templateName: 'users-template.csv',
  announce: postImport,
  run: runImport,
  problems: getImportProblems,
  stale: 'users',
  fileHint: 'users.import.fileHint',
  problemsHint: 'users.import.problemsHint',
  back: 'users.back',
  runTitle: 'users.import.runTitle',
  good: 'users.import.good',
  submit: 'users.import.run',
  done: 'users.import.added',
};

/** Many users from a CSV: dry run first, then the import of the good rows (ACC-2). */
export function ImportPage() {
  const { t } = useTexts();
  const roster = useRoster().data;
  return (
    <>
      <p className="p-back">
        <Link href="/users">{t('users.back')}</Link>
      </p>
      <Page title={t('users.import.title')} className="p-user-form">
        <p className="p-lead">{t('users.import.lead')}</p>
        {roster?.backup_required && <RosterWarnings roster={roster} />}
        <ImportFlow kind={USERS} />
      </Page>
    </>
  );
}
