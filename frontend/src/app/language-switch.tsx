import { useTexts } from '../texts/context';

/** Names the other language in that language, so that it is found by those who need it. */
export function LanguageSwitch() {
  const { language, t, choose } = useTexts();
  const other = language === 'en' ? 'es' : 'en';
  return (
    <button type="button" className="p-link-button" lang={other} onClick={() => choose(other)}>
      <span aria-hidden="true">{t('language.switch')}</span>
      <span className="ds-u-visibility--screen-reader">{t('language.switchHint')}</span>
    </button>
  );
}
