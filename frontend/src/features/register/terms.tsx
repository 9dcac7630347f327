import { Choice } from '@cmsgov/design-system';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';

interface Props {
  id: string;
  accepted: boolean;
  error: string | undefined;
  onChange: (accepted: boolean) => void;
}

/** What one agrees to. */
export function AcceptTerms({ id, accepted, error, onChange }: Props) {
  const { t } = useTexts();
  const plan = usePlan();
  return (
    <>
      <section aria-labelledby="terms-title" className="p-terms">
        <h2 id="terms-title" className="ds-text-heading--md">
          {t('register.terms')}
        </h2>
        <p>{t('register.terms.use')}</p>
        <p>{t('register.terms.confidential')}</p>
        {plan && <p>{plan.sharing_notice}</p>}
      </section>
      <Choice
        id={id}
        type="checkbox"
        name="terms"
        value="accepted"
        label={t('register.accept')}
        checked={accepted}
        errorMessage={error}
        onChange={(event) => onChange(event.target.checked)}
      />
    </>
  );
}
