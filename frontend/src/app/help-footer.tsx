import { Link } from 'wouter';
import type { Contact, MemberRole } from '../api/types';
import { DIRECTORY } from '../features/directory/paths';
import { useTexts } from '../texts/context';
import type { Texts } from '../texts/context';
import type { TextKey } from '../texts';
import { usePlan } from './plan';

export type Reader = MemberRole | 'staff' | null;

/** Whom to ask first: general users their administrator, administrators the helpdesk at once (PLT-6). */
export function firstAdvice(reader: Reader): TextKey | null {
  if (reader === null) return null;
  if (reader === 'staff') return 'help.staff';
  return reader === 'general_user' ? 'help.member' : 'help.admin';
}

function telephone(phone: string) {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}

export function Phone({ phone }: { phone: string }) {
  return (
    <a className="p-nowrap" href={telephone(phone)}>
      {phone}
    </a>
  );
}

const TOPICS: readonly string[] = ['helpdesk', 'enrollment', 'credentialing', 'portal', 'network'];

/** A topic in the reader's language; words of the plan's own, from before topics were fixed, as they are. */
export const topicName = (t: Texts['t'], topic: string) =>
  TOPICS.includes(topic) ? t(`help.topic.${topic}` as TextKey) : topic;

export function ContactLine({ contact }: { contact: Contact }) {
  return (
    <>
      {contact.phone && <Phone phone={contact.phone} />}
      {contact.phone && contact.email && <br />}
      {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
    </>
  );
}

export function HelpFooter({ reader }: { reader: Reader }) {
  const { t } = useTexts();
  const plan = usePlan();
  const advice = firstAdvice(reader);
  if (!plan) return <footer className="p-footer" />;
  return (
    <footer className="p-footer">
      <div className="p-wrap p-footer__grid">
        <section aria-labelledby="footer-help">
          <h2 id="footer-help" className="p-footer__title">
            {t('help.need')}
          </h2>
          {advice && <p className="p-flat">{t(advice)}</p>}
          <p className="p-footer__phone">
            {t('help.helpdesk')}: <Phone phone={plan.helpdesk.phone} />
          </p>
          <p className="p-flat">{plan.helpdesk.hours}</p>
          <p className="p-flat">
            <Link href={DIRECTORY}>{t('help.directory')}</Link>
          </p>
        </section>
        {plan.contacts.length > 0 && (
          <section aria-labelledby="footer-topics">
            <h2 id="footer-topics" className="p-footer__title">
              {t('help.topics')}
            </h2>
            <dl className="p-topics">
              {plan.contacts.map((contact) => (
                <div className="p-topics__item" key={contact.topic}>
                  <dt>{topicName(t, contact.topic)}</dt>
                  <dd>
                    <ContactLine contact={contact} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </footer>
  );
}
