import { useTexts } from '../texts/context';

export function Loading() {
  const { t } = useTexts();
  return (
    <p className="p-loading" role="status">
      <span className="p-loading__mark" aria-hidden="true" />
      {t('app.loading')}
    </p>
  );
}
