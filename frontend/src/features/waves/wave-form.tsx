import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { patchWave, postWave } from './calls';
import type { NewWave, Wave } from './types';

const NOTHING: NewWave = { name: '', send_on: '', end_on: '' };
const NAMES = ['name', 'send_on', 'end_on'] as const;
const idOf = (field: string) => `wave-${field}`;

interface Props {
  /** The one to change; none to plan one. */
  wave: Wave | null;
  onSaved: (saved: Wave) => void;
  /** Loads anew what somebody changed meanwhile. */
  onStale: () => void;
  onClose: () => void;
}

/** Only what differs, so that it overwrites nothing else: a wave that has begun keeps its send date. */
const patchOf = (wave: Wave, body: NewWave) =>
  Object.fromEntries(
    NAMES.filter((field) => body[field] !== wave[field]).map((field) => [field, body[field]]),
  );

function useSaving({ wave, onSaved }: Props, body: NewWave) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [stale, setStale] = useState(false);
  const form = useForm({
    names: NAMES,
    wrong: () => ({
      ...(!body.name && { name: t('waves.missing.name') }),
      ...(!body.send_on && { send_on: t('waves.missing.date') }),
      ...(!body.end_on && { end_on: t('waves.missing.date') }),
      ...(body.send_on && body.end_on && body.end_on <= body.send_on
        ? { end_on: t('waves.wrong.end') }
        : {}),
    }),
    send: async () => {
      onSaved(
        wave
          ? await patchWave(wave.id, wave.version, patchOf(wave, body))
          : await postWave(body, attempts.keyFor(body)),
      );
    },
    onDone: () => undefined,
    onProblem: ({ status, code }) => {
      setStale(status === 412);
      if (code === 'idempotency_key_reused') attempts.forget();
      return false;
    },
  });
  return { ...form, stale };
}

/** A wave's name, when its forms go out, and until when enrollment goes after them (ORG-2). */
export function WaveForm(props: Props) {
  const { wave, onStale, onClose } = props;
  const { t } = useTexts();
  const [typed, setTyped] = useState<NewWave>(wave ?? NOTHING);
  const body = { name: typed.name.trim(), send_on: typed.send_on, end_on: typed.end_on };
  const { busy, stale, outcome, submit } = useSaving(props, body);
  const started = wave !== null && wave.started_at !== null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('waves.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      {NAMES.map((field) => (
        <TextField
          key={field}
          id={idOf(field)}
          name={field}
          type={field === 'name' ? 'text' : 'date'}
          label={t(`waves.${field}`)}
          hint={t(field === 'send_on' && started ? 'waves.send_on.started' : `waves.${field}.hint`)}
          className="p-field"
          autoComplete="off"
          value={typed[field]}
          onChange={(event: { target: HTMLInputElement }) =>
            setTyped({ ...typed, [field]: event.target.value })
          }
          readOnly={field === 'send_on' && started}
          errorMessage={outcome.fields[field]}
          aria-required
        />
      ))}
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'staff.saving' : 'staff.save')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
