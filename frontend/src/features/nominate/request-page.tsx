import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { postNominationRequest } from './calls';
import { npisIn, wrongNpis } from './npis';
import { Unsent } from './unsent';

const EMPTY = {
  practice_name: '',
  tin: '',
  npis: '',
  phone: '',
  executive_name: '',
  executive_email: '',
  note: '',
};
type Name = keyof typeof EMPTY;
const NAMES = Object.keys(EMPTY) as Name[];
const NEEDED = ['practice_name', 'tin', 'phone', 'executive_name', 'executive_email'] as const;
const idOf = (field: string) => `ask-${field}`;

interface Field {
  name: Name;
  label: TextKey;
  type?: 'email' | 'tel';
  hint?: TextKey;
  autoComplete?: string;
}

const OF_PRACTICE: readonly Field[] = [
  {
    name: 'practice_name',
    label: 'nominate.request.name',
    autoComplete: 'organization',
  },
  { name: 'tin', label: 'nominate.request.tin', hint: 'nominate.request.tinHint' },
  { name: 'npis', label: 'nominate.request.npis', hint: 'nominate.request.npisHint' },
  { name: 'phone', label: 'nominate.request.phone', type: 'tel', autoComplete: 'tel' },
];
const OF_EXECUTIVE: readonly Field[] = [
  { name: 'executive_name', label: 'nominate.request.executiveName' },
  { name: 'executive_email', label: 'nominate.request.executiveEmail', type: 'email' },
];

/** The same answer for everybody: it never says what is known (S-MAIL-04). */
function Asked() {
  const { t } = useTexts();
  return (
    <Page title={t('nominate.request.done.title')} className="p-register">
      <p>{t('nominate.request.done.body')}</p>
      <p>{t('nominate.request.done.next')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** A practice that is not on the portal asks for the form (ORG-1). */
export function RequestPage() {
  const { t } = useTexts();
  const [entered, setEntered] = useState(EMPTY);
  const [done, setDone] = useState(false);
  const npis = npisIn(entered.npis);
  const { busy, outcome, submit } = useForm({
    names: NAMES,
    wrong: () => {
      const missing: (readonly [string, string])[] = NEEDED.filter(
        (name) => entered[name].trim() === '',
      ).map((name) => [name, t(`nominate.request.missing.${name}`)]);
      const wrong = wrongNpis(npis);
      const told = t('nominate.request.wrongNpis', { npis: wrong.join(', ') });
      return Object.fromEntries(wrong.length > 0 ? [...missing, ['npis', told]] : missing);
    },
    send: () => {
      const body = {
        practice_name: entered.practice_name.trim(),
        tin: entered.tin.trim(),
        npis: [...npis],
        executive_name: entered.executive_name.trim(),
        executive_email: entered.executive_email.trim(),
        phone: entered.phone.trim(),
        note: entered.note.trim(),
      };
      return postNominationRequest(body);
    },
    onDone: () => setDone(true),
  });
  if (done) return <Asked />;
  const field = ({ name, label, type, hint, autoComplete }: Field) => (
    <TextField
      key={name}
      id={idOf(name)}
      name={name}
      type={type ?? 'text'}
      label={t(label)}
      hint={hint && t(hint)}
      autoComplete={autoComplete ?? 'off'}
      spellCheck={false}
      value={entered[name]}
      onChange={(event: { target: HTMLInputElement }) =>
        setEntered({ ...entered, [name]: event.target.value })
      }
      errorMessage={outcome.fields[name]}
      aria-required={NEEDED.some((needed) => needed === name)}
    />
  );
  return (
    <Page title={t('nominate.request.title')} className="p-register p-nominate">
      <Unsent when={NAMES.some((name) => entered[name] !== '')} />
      <p className="p-lead">{t('nominate.request.lead')}</p>
      <p className="p-lead">{t('nominate.request.haveForm')}</p>
      <FormSummary heading={t('nominate.summary')} outcome={outcome} idOf={idOf} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <section className="p-card" aria-labelledby="ask-practice">
          <h2 id="ask-practice" className="ds-text-heading--lg p-flat">
            {t('nominate.practice')}
          </h2>
          {OF_PRACTICE.map(field)}
        </section>
        <section className="p-card" aria-labelledby="ask-executive">
          <h2 id="ask-executive" className="ds-text-heading--lg p-flat">
            {t('nominate.request.executive')}
          </h2>
          <p>{t('nominate.request.executiveBody')}</p>
          {OF_EXECUTIVE.map(field)}
          <TextField
            multiline
            rows={4}
            id={idOf('note')}
            name="note"
            label={t('nominate.request.note')}
            hint={t('nominate.request.noteHint')}
            autoComplete="off"
            value={entered.note}
            onChange={(event: { target: HTMLTextAreaElement }) =>
              setEntered({ ...entered, note: event.target.value })
            }
            errorMessage={outcome.fields['note']}
          />
          <div className="p-actions p-register__bar">
            <Button type="submit" variation="solid" aria-disabled={busy}>
              {t(busy ? 'nominate.busy' : 'nominate.request.submit')}
            </Button>
            <Link href="/">{t('register.toSignIn')}</Link>
          </div>
        </section>
      </form>
    </Page>
  );
}
