import { Link } from 'wouter';
import { Phone } from '../../app/help-footer';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';

/** A link that can't be used, or one whose token a reload has lost. */
export function LinkGone({ lost = false }: { lost?: boolean }) {
  const { t } = useTexts();
  const plan = usePlan();
  return (
    <Page title={t(lost ? 'register.lost.title' : 'register.gone.title')} className="p-register">
      <p>{t(lost ? 'register.lost.body' : 'register.gone.body')}</p>
      {plan && (
        <p>
          {t('signIn.call')} <Phone phone={plan.helpdesk.phone} />
          <br />
          {plan.helpdesk.hours}
        </p>
      )}
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}
