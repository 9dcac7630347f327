import { Link } from 'wouter';
import { useTexts } from '../texts/context';
import { Page } from './page';

export function NotFound() {
  const { t } = useTexts();
  return (
    <Page title={t('app.notFound.title')}>
      <p>{t('app.notFound.body')}</p>
      <p>
        <Link href="/">{t('app.notFound.home')}</Link>
      </p>
    </Page>
  );
}
