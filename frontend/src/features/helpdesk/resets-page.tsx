import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { CaseList } from './case-list';

/** Cases that wait until somebody who is not the person says that it is ok (CRD-5). */
export function ResetsPage() {
  const { t } = useTexts();
  return (
    <Page title={t('resets.title')} className="p-helpdesk">
      <p className="p-lead">{t('resets.lead')}</p>
      <div className="p-card">
        <CaseList side="confirming" />
      </div>
    </Page>
  );
}
