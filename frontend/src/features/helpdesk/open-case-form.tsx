import { Button, TextField } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { postCase } from './calls';
import type { NewCase, ResetCase } from './types';

/** A case that is being written, and whom it is for. */
export interface OpenCase extends NewCase {
  name: string;
  place: string;
}

interface Props {
  edit: OpenCase;
  onEdit: (edit: OpenCase) => void;
  onOpened: (opened: ResetCase) => void;
  onCancel: () => void;
}

const FIELDS = ['caller', 'reason'];
const idOf = (field: string) => `case-${field}`;

function useOpening({ edit, onOpened }: Props) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const { user_id, membership_id } = edit;
  const body = { user_id, membership_id, caller: edit.caller.trim(), reason: edit.reason.trim() };
  return useForm({
    names: FIELDS,
    wrong: () => ({
      ...(body.caller === '' && { caller: t('helpdesk.callerMissing') }),
      ...(body.reason === '' && { reason: t('helpdesk.reasonMissing') }),
    }),
    send: async () => {
      try {
        onOpened(await postCase(body, attempts.keyFor(body)));
      } catch (error) {
        if (problemOf(error).code === 'idempotency_key_reused') attempts.forget();
        throw error;
      }
    },
    onDone: () => undefined,
  });
}

/** Who calls and why; opening the case gives the code that the caller hears. */
export function OpenCaseForm(props: Props) {
  const { edit, onEdit, onCancel } = props;
  const { t } = useTexts();
  const { busy, outcome, submit } = useOpening(props);
  return (
    <form
      noValidate
      aria-labelledby="helpdesk-find"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('helpdesk.problem')} outcome={outcome} idOf={idOf} />
      <p>{t('helpdesk.for', { name: edit.name, place: edit.place })}</p>
      <TextField
        id={idOf('caller')}
        name="caller"
        label={t('cases.caller')}
        hint={t('helpdesk.callerHint')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={edit.caller}
        onChange={(event: { target: HTMLInputElement }) =>
          onEdit({ ...edit, caller: event.target.value })
        }
        errorMessage={outcome.fields['caller']}
        aria-required
      />
      <TextField
        id={idOf('reason')}
        name="reason"
        label={t('cases.reason')}
        hint={t('helpdesk.reasonHint')}
        multiline
        rows={3}
        autoComplete="off"
        value={edit.reason}
        onChange={(event: { target: HTMLTextAreaElement }) =>
          onEdit({ ...edit, reason: event.target.value })
        }
        errorMessage={outcome.fields['reason']}
        aria-required
      />
      <div className="p-actions p-profile__bar">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'helpdesk.opening' : 'helpdesk.openCase')}
        </Button>
        <Button
          variation="ghost"
          onClick={() => {
            onCancel();
            window.setTimeout(() => document.getElementById('helpdesk-find')?.focus(), 0);
          }}
        >
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
