import { Button, Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { postVerification } from './calls';
import { isChanged } from './place';
import type { Nomination, Verification } from './types';

const idOf = (field: string) => `verify-${field}`;

function Found({ found }: { found: Verification }) {
  const { t, instant } = useTexts();
  return (
    <div className="p-overview__first p-gap-top">
      <p className="p-flat p-strong">
        {t('nominations.verify.by', { name: found.by_name, time: instant(found.at) })}
      </p>
      <ul className="p-nomination__flags">
        <li>{t(`nominations.verify.tin.${found.tin_matches ? 'yes' : 'no'}`)}</li>
        <li>{t(`nominations.verify.npis.${found.npis_match ? 'yes' : 'no'}`)}</li>
      </ul>
      <p className="p-flat p-no-print">{t('nominations.verify.again')}</p>
    </div>
  );
}

interface Props {
  nomination: Nomination;
  onDone: (after: Nomination) => void;
  onChanged: () => void;
}

/** Whoever compares TIN and NPIs says what they found; approving builds on it (ORG-1). */
export function VerifyForm({ nomination, onDone, onChanged }: Props) {
  const { t } = useTexts();
  const { form, verification } = nomination;
  const [tin, setTin] = useState(verification?.tin_matches ?? false);
  const [npis, setNpis] = useState(verification?.npis_match ?? false);
  const { busy, outcome, submit } = useForm({
    names: ['tin_matches', 'npis_match'],
    wrong: () => ({}),
    send: async () => {
      onDone(await postVerification(nomination, tin, npis));
      flash.here(t('nominations.verify.done'));
      // The form is drawn anew with what was found; the button that had the focus is gone.
      window.setTimeout(() => document.getElementById('nomination-verify')?.focus());
    },
    onDone: () => undefined,
    onProblem: (problem) => {
      if (isChanged(problem)) onChanged();
      return isChanged(problem);
    },
  });
  const shown = form?.npis ?? nomination.npis;
  return (
    <form
      noValidate
      className="p-card"
      aria-labelledby="nomination-verify"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 id="nomination-verify" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('nominations.verify')}
      </h2>
      <FormSummary heading={t('nominations.verify.problem')} outcome={outcome} idOf={idOf} />
      {verification && <Found found={verification} />}
      <div className="p-no-print">
        <p>{t('nominations.verify.body')}</p>
        <Choice
          id={idOf('tin_matches')}
          type="checkbox"
          name="tin_matches"
          value="matches"
          label={t('nominations.verify.tin', { tin: form?.tin ?? nomination.tin })}
          checked={tin}
          errorMessage={outcome.fields['tin_matches']}
          onChange={(event) => setTin(event.target.checked)}
        />
        <Choice
          id={idOf('npis_match')}
          type="checkbox"
          name="npis_match"
          value="match"
          label={
            shown.length > 0
              ? t('nominations.verify.npis', { npis: shown.join(', ') })
              : t('nominations.verify.noNpis')
          }
          checked={npis}
          errorMessage={outcome.fields['npis_match']}
          onChange={(event) => setNpis(event.target.checked)}
        />
        <div className="p-actions p-gap-top">
          <Button type="submit" aria-disabled={busy}>
            {t(busy ? 'nominations.verify.busy' : 'nominations.verify.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
