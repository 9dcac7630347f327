import { Button } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import type { useForm } from '../register/use-form';

interface Props {
  form: ReturnType<typeof useForm>;
  heading: string;
  submit: string;
  idOf: (field: string) => string;
  onClose?: () => void;
  children: ReactNode;
}

/** A form of these pages: what is wrong with it, its fields, the button that sends it. */
export function ReasonForm({ form, heading, submit, idOf, onClose, children }: Props) {
  const { t } = useTexts();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <FormSummary heading={heading} outcome={form.outcome} idOf={idOf} />
      {children}
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={form.busy}>
          {form.busy ? t('retention.busy') : submit}
        </Button>
        {onClose && (
          <Button variation="ghost" onClick={onClose}>
            {t('retention.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
