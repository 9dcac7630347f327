import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Helpdesk } from '../sign-in/helpdesk';

/** What the link was for. */
type Kind = 'register' | 'reset' | 'setUp' | 'email' | 'notices';

/** A link that can't be used, or one whose token a reload has lost: what to do instead. */
export function LinkGone({ lost = false, kind = 'register' }: { lost?: boolean; kind?: Kind }) {
  const { t } = useTexts();
  return (
    <Page title={t(lost ? 'register.lost.title' : 'register.gone.title')} className="p-register">
      <p>{t(lost ? 'register.lost.body' : `register.gone.${kind}`)}</p>
      {kind === 'reset' && (
        <p>
          <Link href="/forgot">{t('forgot.again')}</Link>
        </p>
      )}
      <Helpdesk lead={t('signIn.call')} />
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}
