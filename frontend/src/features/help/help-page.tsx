import { Link } from 'wouter';
import { ContactLine, firstAdvice, Phone, topicName } from '../../app/help-footer';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { DIRECTORY } from '../directory/paths';
import { Loading } from '../../ui/loading';

/** Help (PLT-6): whom to ask first, the helpdesk, and the plan's contacts by topic. */
export function HelpPage() {
  const { t } = useTexts();
  const session = useSession();
  const plan = usePlan();
  const advice = firstAdvice(session.membership?.role ?? 'staff');
  return (
    <Page title={t('help.title')}>
      {advice && <p className="p-lead">{t(advice)}</p>}
      {!plan && <Loading />}
      {plan && (
        <>
          <section className="p-card p-help__desk" aria-labelledby="help-desk">
            <h2 id="help-desk" className="ds-text-heading--lg p-flat">
              {t('help.helpdesk')}
            </h2>
            <dl className="p-facts">
              <dt>{t('help.phone')}</dt>
              <dd>
                <Phone phone={plan.helpdesk.phone} />
              </dd>
              <dt>{t('help.hours')}</dt>
              <dd>{plan.helpdesk.hours}</dd>
            </dl>
          </section>
          <p>
            <Link href={DIRECTORY}>{t('help.directory')}</Link>
          </p>
          <h2 className="ds-text-heading--lg">{t('help.topics')}</h2>
          <dl className="p-topics p-topics--wide">
            {plan.contacts.map((contact) => (
              <div className="p-topics__item" key={contact.topic}>
                <dt>{topicName(t, contact.topic)}</dt>
                <dd>
                  <ContactLine contact={contact} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Page>
  );
}
