import { Button } from '@cmsgov/design-system';
import type { OwnMembership } from '../api/types';
import { useTexts } from '../texts/context';
import { OpenButtons } from './organization-switch';
import { Page } from './page';
import { signOut } from './session-store';

/** The membership that was open is lost, the session is not: another organization may be opened (ACC-8). */
export function LostMembership({ others }: { others: readonly OwnMembership[] }) {
  const { t } = useTexts();
  return (
    <Page title={t('lost.title')}>
      <p>{t('lost.body')}</p>
      <p>{t('lost.others')}</p>
      <OpenButtons others={others} />
      <p className="p-gap-top">
        <Button size="small" variation="ghost" onClick={() => void signOut()}>
          {t('nav.signOut')}
        </Button>
      </p>
    </Page>
  );
}
