import '../../texts/sign-in';
import { Button } from '@cmsgov/design-system';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Helpdesk } from './helpdesk';

/** The password is right, the account is shut: why, and who can open it. */
export function ShutPage({ problem, onBack }: { problem: Problem; onBack: () => void }) {
  const { t } = useTexts();
  return (
    <Page title={problem.title} className="p-register">
      <p>{problem.detail}</p>
      <p>{t('shut.then')}</p>
      <Helpdesk lead={t('shut.helpdesk')} />
      <p>
        <Button type="button" onClick={onBack}>
          {t('shut.back')}
        </Button>
      </p>
    </Page>
  );
}
