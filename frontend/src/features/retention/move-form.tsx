import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { useForm } from '../register/use-form';
import { moveHold } from './calls';
import type { Hold, Move } from './calls';
import { ReasonField, reasonProblem } from './reason-field';
import { ReasonForm } from './reason-form';

interface Props {
  hold: Hold;
  move: Move;
  onMoved: (hold: Hold) => void;
  onClose: () => void;
}

/** Says what will become of a hold, and does it; lifting one is asked for with a reason (MSG-10). */
export function MoveForm({ hold, move, onMoved, onClose }: Props) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const lifts = move === 'ask_to_lift';
  const form = useForm({
    names: ['reason'],
    wrong: () => (lifts ? reasonProblem(t, reason) : {}),
    send: async () => onMoved(await moveHold(hold, move, lifts ? reason.trim() : null)),
    onDone: () => undefined,
  });
  return (
    <ReasonForm
      form={form}
      heading={t('retention.move.problem')}
      submit={t(`retention.move.${move}`)}
      idOf={() => 'hold-lift-reason'}
      onClose={onClose}
    >
      <p>{t(`retention.move.body.${move}`)}</p>
      <p>{t(`retention.keeps.${hold.subject.kind}`)}</p>
      {lifts && (
        <ReasonField
          id="hold-lift-reason"
          value={reason}
          error={form.outcome.fields['reason']}
          onChange={setReason}
        />
      )}
    </ReasonForm>
  );
}
