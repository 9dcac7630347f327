import { Button } from '@cmsgov/design-system';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import type { Language } from '../../api/types';
import { useTexts } from '../../texts/context';
import type { Typed } from './entered';
import { PracticeNumbers } from './practice-facts';
import type { FormToSign } from './types';

/** What was signed, as it stood on the screen. */
export interface Signed {
  form: FormToSign;
  typed: Record<Typed, string>;
  /** Of the words that were agreed to. */
  language: Language;
  at: string;
}

/** For the executive's own files; the paper has nothing else on it. */
function Copy({ signed }: { signed: Signed }) {
  const { t, instant } = useTexts();
  const plan = usePlan();
  const { form, typed } = signed;
  return (
    <section className="p-card" aria-labelledby="signed-copy">
      <h2 id="signed-copy" className="ds-text-heading--lg p-flat">
        {t('nominate.signed.copy')}
      </h2>
      {plan && <p className="p-print-only">{plan.name}</p>}
      {/* What was typed is only ever text (S-IO-01). */}
      <dl className="p-facts p-user-facts p-nominate__facts">
        <dt>{t('nominate.practiceName')}</dt>
        <dd>{typed.practice_name}</dd>
        <PracticeNumbers tin={form.tin} npis={form.npis} />
        <dt>{t('nominate.administratorName')}</dt>
        <dd>{typed.administrator_name}</dd>
        <dt>{t('nominate.administratorEmail')}</dt>
        <dd>{typed.administrator_email}</dd>
        <dt>{t('nominate.administratorPhone')}</dt>
        <dd>{typed.administrator_phone}</dd>
        <dt>{t('nominate.signed.executive')}</dt>
        <dd>
          {form.executive_name}, {form.executive_email}
        </dd>
        <dt>{t('nominate.signed.authority')}</dt>
        <dd>{typed.authority}</dd>
        <dt>{t('nominate.signed.consent')}</dt>
        <dd className="p-nominate__consent" lang={signed.language}>
          {form.consent.text}
        </dd>
        <dt>{t('nominate.signature')}</dt>
        <dd className="p-nominate__signature">{typed.signature}</dd>
        <dt>{t('nominate.signed.at')}</dt>
        <dd>{instant(signed.at)}</dd>
      </dl>
    </section>
  );
}

/** The form is in: what happens next, and a copy to print (ORG-1). */
export function SignedPage({ signed }: { signed: Signed }) {
  const { t } = useTexts();
  const { administrator_name: name, administrator_email: email } = signed.typed;
  return (
    <Page title={t('nominate.signed.title')} className="p-register">
      <div className="p-no-print">
        <p>{t('nominate.signed.body')}</p>
        <h2 className="ds-text-heading--lg">{t('nominate.signed.next')}</h2>
        <ol className="p-nominate__next">
          <li>{t('nominate.signed.next.verify')}</li>
          <li>{t('nominate.signed.next.approve', { name, email })}</li>
          <li>{t('nominate.signed.next.return')}</li>
        </ol>
        <p>{t('nominate.signed.next.told')}</p>
        <p>
          <Button onClick={() => window.print()}>{t('nominate.signed.print')}</Button>
        </p>
      </div>
      <Copy signed={signed} />
    </Page>
  );
}
