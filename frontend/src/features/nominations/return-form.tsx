import { Button, TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { postReturn } from './calls';
import { isChanged } from './place';
import { MAX_REASON, reasonProblem } from './reason';
import type { Nomination } from './types';

const ID = 'return-reason';

interface Props {
  nomination: Nomination;
  /** Kept by the page, so that it is still there when somebody else was faster. */
  reason: string;
  onReason: (reason: string) => void;
  onDone: (after: Nomination) => void;
  onChanged: () => void;
  onClose: () => void;
}

/** Back to the executive with a reason, which stands on the fresh form (ORG-1). */
export function ReturnForm({ nomination, reason, onReason, onDone, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const { busy, outcome, submit } = useForm({
    names: ['reason'],
    wrong: (): Record<string, string> => {
      const problem = reasonProblem(reason);
      return problem ? { reason: t(`nominations.return.${problem}`, { max: MAX_REASON }) } : {};
    },
    send: async () => onDone(await postReturn(nomination, reason.trim())),
    onDone: () => undefined,
    onProblem: (problem) => {
      if (isChanged(problem)) onChanged();
      return isChanged(problem);
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('nominations.return.problem')} outcome={outcome} idOf={() => ID} />
      <p>{t('nominations.return.body')}</p>
      {nomination.flags.other_executive_since && <p>{t('nominations.return.elsewhere')}</p>}
      <TextField
        multiline
        rows={5}
        id={ID}
        name="reason"
        label={t('nominations.return.reason')}
        hint={t('nominations.return.hint', { max: MAX_REASON })}
        autoComplete="off"
        className="p-field"
        value={reason}
        onChange={(event: { target: HTMLTextAreaElement }) => onReason(event.target.value)}
        errorMessage={outcome.fields['reason']}
        aria-required
      />
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'nominations.return.busy' : 'nominations.return')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('nominations.cancel')}
        </Button>
      </div>
    </form>
  );
}
