import { TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { useDebounced } from '../../ui/use-debounced';
import { charactersLeft, isTooLong, MAX_CHARACTERS, tooManyBytes } from './comment';

const SPOKEN_AFTER_MS = 1000;

/** What is wrong with a comment, or null (ACC-4). */
export function commentProblem(t: Texts['t'], comment: string, required: boolean): string | null {
  if (required && comment.trim() === '') return t('users.comment.missing');
  if (!isTooLong(comment)) return null;
  return tooManyBytes(comment) && charactersLeft(comment) >= 0
    ? t('users.comment.tooManyBytes')
    : t('users.comment.tooLong', { max: MAX_CHARACTERS });
}

interface Props {
  id: string;
  label: string;
  value: string;
  error?: string | undefined;
  required?: boolean;
  onChange: (value: string) => void;
}

/** A comment, with "N characters left" of 200; read out politely once typing rests (ACC-4). */
export function CommentField({ id, label, value, error, required = false, onChange }: Props) {
  const { t, tn } = useTexts();
  const left = charactersLeft(value);
  const counter = left >= 0 ? tn('users.comment.left', left) : tn('users.comment.over', -left);
  const rested = useDebounced(counter, SPOKEN_AFTER_MS);
  return (
    <div className="p-comment-field">
      <TextField
        multiline
        rows={3}
        id={id}
        name={id}
        label={label}
        hint={t('users.comment.hint')}
        autoComplete="off"
        className="p-field"
        value={value}
        onChange={(event: { target: HTMLTextAreaElement }) => onChange(event.target.value)}
        errorMessage={error}
        aria-required={required}
      />
      <p className={`p-counter ${left < 0 ? 'p-counter--over' : ''}`} aria-hidden="true">
        {counter}
      </p>
      <div className="ds-u-visibility--screen-reader" aria-live="polite">
        {value !== '' && rested}
      </div>
    </div>
  );
}
