import { Alert } from '@cmsgov/design-system';
import type { Texts } from '../../texts/context';
import { useTexts } from '../../texts/context';
import type { Field, FieldError } from './check-draft';
import type { SendOutcome } from './use-send';

export const fieldId = (field: Field) => `compose-${field}`;

export function errorText(t: Texts['t'], error: FieldError): string {
  return 'detail' in error ? error.detail : t(error.key, error.params);
}

/** The text of a field's errors, or null when there is none. */
export function fieldErrorText(t: Texts['t'], errors: readonly FieldError[], field: Field) {
  const own = errors.filter((error) => error.field === field);
  return own.length === 0 ? null : own.map((error) => errorText(t, error)).join(' ');
}

/** All that is wrong in one place that takes the focus, with a way to each field (WCAG 3.3.1). */
export function ErrorSummary({ outcome }: { outcome: SendOutcome }) {
  const { t } = useTexts();
  const { errors, details } = outcome;
  if (errors.length + details.length === 0) return null;
  return (
    <Alert
      key={outcome.attempt}
      variation="error"
      autoFocus
      heading={t(errors.length > 0 ? 'compose.summary' : 'compose.notSent')}
    >
      <ul className="p-summary">
        {errors.map((error) => (
          <li key={`${error.field} ${errorText(t, error)}`}>
            <a
              href={`#${fieldId(error.field)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(fieldId(error.field))?.focus();
              }}
            >
              {errorText(t, error)}
            </a>
          </li>
        ))}
        {details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
    </Alert>
  );
}
