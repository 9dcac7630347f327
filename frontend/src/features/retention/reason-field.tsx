import { TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { lengthOf } from '../compose/check-draft';

const MAX_REASON = 500;

/** What is wrong with a reason, or nothing. */
export function reasonProblem(t: Texts['t'], reason: string): Record<string, string> {
  if (reason.trim() === '') return { reason: t('retention.reason.missing') };
  return lengthOf(reason) > MAX_REASON
    ? { reason: t('retention.reason.long', { max: MAX_REASON }) }
    : {};
}

interface Props {
  id: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Why something is held, lifted or taken out, for those who look into it later. */
export function ReasonField({ id, value, error, onChange }: Props) {
  const { t } = useTexts();
  return (
    <TextField
      multiline
      rows={4}
      id={id}
      name={id}
      label={t('retention.reason')}
      hint={t('retention.reason.hint', { max: MAX_REASON })}
      autoComplete="off"
      className="p-field"
      value={value}
      onChange={(event: { target: HTMLTextAreaElement }) => onChange(event.target.value)}
      errorMessage={error}
      aria-required
    />
  );
}
