import { useTexts } from '../../texts/context';

interface Props {
  tin: string;
  npis: readonly string[];
}

/** What the plan has of a practice and nobody changes in the form. */
export function PracticeNumbers({ tin, npis }: Props) {
  const { t } = useTexts();
  return (
    <>
      <dt>{t('nominate.tin')}</dt>
      <dd>{tin}</dd>
      <dt>{t('nominate.npis')}</dt>
      <dd>{npis.length > 0 ? npis.join(', ') : t('nominate.npisNone')}</dd>
    </>
  );
}
