import '../../styles/retention.css';
import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/messages';
import '../../texts/retention';
import '../../texts/work';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Certificates } from './certificates';
import { ExportForm } from './export-form';
import { audits, decides } from './who';

/** What is taken out for the record, and what was deleted (MSG-10). */
export function RecordsPage() {
  const { t } = useTexts();
  const session = useSession();
  if (!decides(session)) return <NotFound />;
  return (
    <Page title={t('records.title')}>
      <p className="p-lead">{t('records.lead')}</p>
      {audits(session) && <ExportForm />}
      <Certificates />
    </Page>
  );
}
