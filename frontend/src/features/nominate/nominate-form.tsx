import { Alert, Button, Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { isGone } from '../register/link-problems';
import { useForm } from '../register/use-form';
import { signForm } from './calls';
import { agrees, empty, isBegun, missingIn, trimmed, TYPED } from './entered';
import type { Entered, Typed } from './entered';
import { FIELDS } from './fields';
import type { Shown } from './nominate-page';
import { PracticeNumbers } from './practice-facts';
import type { Signed } from './signed-page';
import { Unsent } from './unsent';

const CONSENT = ['consented', 'consent_version'] as const;
const idOf = (field: string) =>
  `nominate-${CONSENT.some((name) => name === field) ? 'consented' : field}`;

interface SectionProps {
  id: string;
  title: string;
  children: ReactNode;
}

function Section({ id, title, children }: SectionProps) {
  return (
    <section className="p-card" aria-labelledby={`nominate-${id}`}>
      <h2 id={`nominate-${id}`} className="ds-text-heading--lg p-flat">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Why staff gave the form back: only ever text (S-IO-01). */
function Returned({ reason }: { reason: string }) {
  const { t } = useTexts();
  return (
    <Alert
      role="region"
      variation="warn"
      heading={t('nominate.returned')}
      headingLevel="2"
      className="p-nominate__returned"
    >
      <p>{t('nominate.returnedBody')}</p>
      <p className="p-nominate__reason">{reason}</p>
    </Alert>
  );
}

interface Props {
  token: string;
  shown: Shown;
  onSigned: (signed: Signed) => void;
  onGone: () => void;
  /** The words to agree to are no longer these. */
  onStale: () => void;
}

/** All of the form on one page; it is sent in one piece, and what was typed stays when that fails. */
export function NominateForm({ token, shown, onSigned, onGone, onStale }: Props) {
  const { t, instant } = useTexts();
  const plan = usePlan();
  const { form, language } = shown;
  const [entered, setEntered] = useState<Entered>(() => empty(form));
  const enter = (part: Partial<Entered>) => setEntered((before) => ({ ...before, ...part }));
  const { busy, outcome, submit } = useForm({
    names: [...TYPED, ...CONSENT],
    wrong: () =>
      Object.fromEntries(
        missingIn(entered, form).map((name) => [name, t(`nominate.missing.${name}`)]),
      ),
    send: () => signForm(token, trimmed(entered), form.consent.version),
    onDone: () =>
      onSigned({ form, typed: trimmed(entered), language, at: new Date().toISOString() }),
    onProblem: (problem) => {
      if (isGone(problem)) onGone();
      else if ((problem.errors ?? []).some(({ pointer }) => pointer === '/consent_version')) {
        onStale();
      }
      return isGone(problem);
    },
  });
  const field = (name: Typed) => (
    <TextField
      key={name}
      id={idOf(name)}
      name={name}
      type={FIELDS[name].type}
      label={t(FIELDS[name].label)}
      hint={FIELDS[name].hint && t(FIELDS[name].hint)}
      autoComplete={FIELDS[name].autoComplete}
      spellCheck={false}
      value={entered[name]}
      onChange={(event: { target: HTMLInputElement }) => enter({ [name]: event.target.value })}
      errorMessage={outcome.fields[name]}
      aria-required
    />
  );
  const practice = form.practice_name;
  return (
    <Page title={t('nominate.title')} className="p-register p-nominate">
      <Unsent when={isBegun(entered, form)} />
      <p className="p-lead">
        {plan
          ? t('nominate.lead', { plan: plan.name, name: form.executive_name, practice })
          : t('nominate.leadNobody', { practice })}{' '}
        {t('nominate.ends', { time: instant(form.ends_at) })}
      </p>
      {form.return_reason !== '' && <Returned reason={form.return_reason} />}
      <FormSummary heading={t('nominate.summary')} outcome={outcome} idOf={idOf} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Section id="practice" title={t('nominate.practice')}>
          <dl className="p-facts p-user-facts">
            <PracticeNumbers tin={form.tin} npis={form.npis} />
          </dl>
          <p className="p-muted">{t('nominate.practiceWrong')}</p>
          {field('practice_name')}
        </Section>
        <Section id="administrator" title={t('nominate.administrator')}>
          <p>{t('nominate.administratorBody')}</p>
          {field('administrator_name')}
          {field('administrator_email')}
          {field('administrator_phone')}
        </Section>
        <Section id="sign" title={t('nominate.sign')}>
          <dl className="p-facts p-user-facts">
            <dt>{t('nominate.executive')}</dt>
            <dd>
              {form.executive_name}
              <br />
              {form.executive_email}
            </dd>
          </dl>
          <p className="p-muted">{t('nominate.executiveWrong')}</p>
          {field('authority')}
          <div className="p-terms">
            <h3 className="ds-text-heading--md p-flat">{t('nominate.consent')}</h3>
            <p className="p-nominate__consent" lang={language}>
              {form.consent.text}
            </p>
          </div>
          <Choice
            id={idOf('consented')}
            type="checkbox"
            name="consented"
            value="consented"
            label={t('nominate.consented')}
            checked={agrees(entered, form)}
            errorMessage={
              outcome.fields['consent_version']
                ? t('nominate.consentChanged')
                : outcome.fields['consented']
            }
            onChange={(event) => enter({ agreed: event.target.checked ? form.consent.text : null })}
          />
          {field('signature')}
          <p className="p-muted">{t('nominate.recorded')}</p>
          <Button type="submit" variation="solid" className="p-gap-top" aria-disabled={busy}>
            {t(busy ? 'nominate.busy' : 'nominate.submit')}
          </Button>
        </Section>
      </form>
    </Page>
  );
}
