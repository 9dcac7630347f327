import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { postRegistration } from './calls';
import type { Asked } from './calls';
import { useForm } from './use-form';

const FIELDS = [
  { name: 'name', type: 'text', autoComplete: 'name' },
  { name: 'email', type: 'email', autoComplete: 'email' },
  { name: 'phone', type: 'tel', autoComplete: 'tel' },
  { name: 'tin', type: 'text', autoComplete: 'off' },
] as const;
const NAMES = FIELDS.map(({ name }) => name);
const idOf = (field: string) => `register-${field}`;

/** The same answer for everybody: it never says whether the TIN or the address is known (ACC-1). */
function Asked() {
  const { t } = useTexts();
  return (
    <Page title={t('register.asked.title')} className="p-register">
      <p>{t('register.asked.body')}</p>
      <p>{t('register.asked.next')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** Somebody asks for an account with their practice (ACC-1). */
export function AskPage() {
  const { t, language } = useTexts();
  const [asked, setAsked] = useState<Asked>({ name: '', email: '', phone: '', tin: '' });
  const [done, setDone] = useState(false);
  const trimmed = {
    name: asked.name.trim(),
    email: asked.email.trim(),
    phone: asked.phone.trim(),
    tin: asked.tin.trim(),
  };
  const { busy, outcome, submit } = useForm({
    names: NAMES,
    wrong: () =>
      Object.fromEntries(
        NAMES.filter((name) => trimmed[name] === '').map((name) => [
          name,
          t(`register.missing.${name}`),
        ]),
      ),
    send: () => postRegistration(trimmed, language),
    onDone: () => setDone(true),
  });
  if (done) return <Asked />;
  return (
    <Page title={t('register.title')} className="p-register">
      <p className="p-lead">{t('register.lead')}</p>
      <FormSummary heading={t('register.summary')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {FIELDS.map(({ name, type, autoComplete }) => (
          <TextField
            key={name}
            id={idOf(name)}
            name={name}
            type={type}
            label={t(`register.${name}`)}
            hint={name === 'tin' ? t('register.tinHint') : undefined}
            autoComplete={autoComplete}
            spellCheck={false}
            value={asked[name]}
            onChange={(event: { target: HTMLInputElement }) =>
              setAsked({ ...asked, [name]: event.target.value })
            }
            errorMessage={outcome.fields[name]}
            aria-required
          />
        ))}
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'register.busy' : 'register.submit')}
          </Button>
          <Link href="/">{t('register.haveSignIn')}</Link>
        </div>
      </form>
    </Page>
  );
}
