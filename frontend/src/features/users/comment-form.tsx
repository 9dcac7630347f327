import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { CommentField, commentProblem } from './comment-field';

interface Props {
  id: string;
  /** Of what is wrong. */
  heading: string;
  label: string;
  required: boolean;
  /** What was written before, where that is shown again. */
  written?: string;
  /** On the button, and while it is being done. */
  submit: string;
  busy: string;
  /** Can't be taken back. */
  final?: boolean;
  send: (comment: string) => Promise<unknown>;
  /** Loads anew what somebody changed meanwhile. */
  onStale?: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** What is done with a comment that says why, in a dialog (ACC-4). */
export function CommentForm(props: Props) {
  const { id, heading, label, required, submit, busy, final, send, onStale, onClose } = props;
  const { t } = useTexts();
  const [comment, setComment] = useState(props.written ?? '');
  const [stale, setStale] = useState(false);
  const form = useForm({
    names: ['comment'],
    wrong: (): Record<string, string> => {
      const problem = commentProblem(t, comment, required);
      return problem ? { comment: problem } : {};
    },
    send: () => send(comment),
    onDone: () => undefined,
    onProblem: ({ status }) => {
      setStale(status === 412);
      return false;
    },
  });
  const { outcome } = form;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <FormSummary heading={heading} outcome={outcome} idOf={() => id}>
        {stale && onStale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      {props.children}
      <CommentField
        id={id}
        label={label}
        value={comment}
        required={required}
        error={outcome.fields['comment']}
        onChange={setComment}
      />
      <div className="p-actions p-dialog-actions">
        <Button
          type="submit"
          variation="solid"
          className={final ? 'p-button--final' : ''}
          aria-disabled={form.busy}
        >
          {form.busy ? busy : submit}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
