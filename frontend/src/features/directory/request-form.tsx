import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { postDirectoryRequest } from './calls';

const LINES = [
  { name: 'name', type: 'text', autoComplete: 'name' },
  { name: 'email', type: 'email', autoComplete: 'email' },
  { name: 'phone', type: 'tel', autoComplete: 'tel' },
] as const;
const NAMES = [...LINES.map(({ name }) => name), 'note', 'tin'];
const EMPTY = { name: '', email: '', phone: '', note: '' };
const idOf = (field: string) => `directory-${field}`;

interface Props {
  tin: string;
  /** Whether enrollment gets it, as nobody administers the practice. */
  toPlan: boolean;
  onSent: () => void;
}

/** Somebody asks to be called back by those who are responsible for a TIN (ORG-6). */
export function RequestForm({ tin, toPlan, onSent }: Props) {
  const { t } = useTexts();
  const [entered, setEntered] = useState(EMPTY);
  const { busy, outcome, submit } = useForm({
    names: NAMES,
    wrong: () =>
      Object.fromEntries(
        LINES.filter(({ name }) => entered[name].trim() === '').map(({ name }) => [
          name,
          t(`directory.missing.${name}`),
        ]),
      ),
    send: () =>
      postDirectoryRequest({
        tin,
        name: entered.name.trim(),
        email: entered.email.trim(),
        phone: entered.phone.trim(),
        note: entered.note.trim(),
      }),
    onDone: onSent,
  });
  return (
    <form
      aria-label={t(toPlan ? 'directory.askPlan' : 'directory.ask')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('directory.askSummary')} outcome={outcome} idOf={idOf} />
      {LINES.map(({ name, type, autoComplete }) => (
        <TextField
          key={name}
          id={idOf(name)}
          name={name}
          type={type}
          label={t(`directory.${name}`)}
          autoComplete={autoComplete}
          spellCheck={false}
          value={entered[name]}
          onChange={(event: { target: HTMLInputElement }) =>
            setEntered({ ...entered, [name]: event.target.value })
          }
          errorMessage={outcome.fields[name]}
          aria-required
        />
      ))}
      <TextField
        multiline
        rows={4}
        id={idOf('note')}
        name="note"
        label={t('directory.note')}
        hint={t('directory.noteHint')}
        autoComplete="off"
        value={entered.note}
        onChange={(event: { target: HTMLTextAreaElement }) =>
          setEntered({ ...entered, note: event.target.value })
        }
        errorMessage={outcome.fields['note']}
      />
      <div className="p-actions p-register__bar">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'directory.sending' : 'directory.send')}
        </Button>
      </div>
    </form>
  );
}
