import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Helpdesk } from '../sign-in/helpdesk';
import { REQUEST } from './paths';

/** A link that ended, was used, or gave way to a newer one: what to do now. */
export function FormGone() {
  const { t } = useTexts();
  return (
    <Page title={t('nominate.gone.title')} className="p-register">
      <p>{t('nominate.gone.body')}</p>
      <p>{t('nominate.gone.signed')}</p>
      <p>
        {t('nominate.gone.newer')} {t('nominate.gone.ask')}
      </p>
      <p>
        <Link href={REQUEST}>{t('nominate.gone.askLink')}</Link>
      </p>
      <Helpdesk lead={t('signIn.call')} />
    </Page>
  );
}

/** Without a token, as when somebody typed the address. */
export function WithoutLink() {
  const { t } = useTexts();
  return (
    <Page title={t('nominate.without.title')} className="p-register">
      <p>{t('nominate.without.body')}</p>
      <p>{t('nominate.gone.ask')}</p>
      <p>
        <Link href={REQUEST}>{t('nominate.gone.askLink')}</Link>
      </p>
      <Helpdesk lead={t('signIn.call')} />
    </Page>
  );
}
