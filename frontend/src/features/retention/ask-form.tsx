import { Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { postHold } from './calls';
import type { Hold, Kind } from './calls';
import { ReasonField, reasonProblem } from './reason-field';
import { ReasonForm } from './reason-form';
import { KINDS, subjectIn } from './subjects';

const idOf = (field: string) => `hold-${field}`;

interface Props {
  onAsked: (hold: Hold) => void;
  onClose: () => void;
}

/** What is to be held, and why; it holds from when somebody with the other role confirms it (MSG-10). */
export function AskForm({ onAsked, onClose }: Props) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [kind, setKind] = useState<Kind>('user');
  const [which, setWhich] = useState('');
  const [reason, setReason] = useState('');
  const form = useForm({
    names: ['subject', 'reason'],
    wrong: () => ({
      ...(which.trim() === '' && { subject: t(`retention.missing.${kind}`) }),
      ...reasonProblem(t, reason),
    }),
    send: async () => {
      const body = { subject: { kind, id: subjectIn(kind, which) }, reason: reason.trim() };
      onAsked(await postHold(body, attempts.keyFor(body)));
    },
    onDone: () => undefined,
  });
  return (
    <ReasonForm
      form={form}
      heading={t('retention.ask.problem')}
      submit={t('retention.ask.submit')}
      idOf={idOf}
      onClose={onClose}
    >
      <p>{t('retention.ask.body')}</p>
      <fieldset className="p-field">
        <legend className="ds-c-label">{t('retention.subject')}</legend>
        {KINDS.map((each) => (
          <Choice
            key={each}
            type="radio"
            name="hold-kind"
            value={each}
            label={t(`retention.kind.${each}`)}
            hint={t(`retention.keeps.${each}`)}
            checked={kind === each}
            onChange={() => setKind(each)}
          />
        ))}
      </fieldset>
      <TextField
        id={idOf('subject')}
        name="subject"
        label={t(`retention.which.${kind}`)}
        className="p-field"
        autoComplete="off"
        value={which}
        onChange={(event: { target: HTMLInputElement }) => setWhich(event.target.value)}
        errorMessage={form.outcome.fields['subject']}
        aria-required
      />
      <ReasonField
        id={idOf('reason')}
        value={reason}
        error={form.outcome.fields['reason']}
        onChange={setReason}
      />
    </ReasonForm>
  );
}
