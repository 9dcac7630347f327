import { Alert, Button, Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { Phone } from '../../app/help-footer';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { confirmCase, declineCase } from './calls';
import { isByPhone, whyNot } from './case-facts';
import { FinalButton, focusFacts } from './final-dialog';
import { useCaseChanged } from './queries';
import type { ResetCase } from './types';

const CALLED = 'case-called_phone_on_record';

function DecisionForm({ found }: { found: ResetCase }) {
  const { t } = useTexts();
  const changed = useCaseChanged('confirming');
  const [called, setCalled] = useState(false);
  const byPhone = isByPhone(found);
  const { busy, outcome, submit } = useForm({
    names: ['called_phone_on_record'],
    wrong: () => ({
      ...(byPhone && !called && { called_phone_on_record: t('resets.calledMissing') }),
    }),
    send: async () => changed(await confirmCase(found.id, byPhone && called)),
    onDone: () => {
      flash.here(t('resets.confirmed'));
      focusFacts();
    },
  });
  return (
    <form
      noValidate
      className="p-card"
      aria-labelledby="case-decision"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 id="case-decision" className="ds-text-heading--lg p-flat">
        {t('resets.decision')}
      </h2>
      <FormSummary heading={t('resets.problem')} outcome={outcome} idOf={() => CALLED} />
      <p>{t('resets.about', { name: found.person.name })}</p>
      {byPhone && (
        <>
          <p>
            {t('resets.phone')}{' '}
            {found.phone_on_record ? (
              <strong>
                <Phone phone={found.phone_on_record} />
              </strong>
            ) : (
              t('resets.noPhone')
            )}
          </p>
          <Choice
            id={CALLED}
            type="checkbox"
            name="called"
            value="called"
            label={t('resets.called')}
            checked={called}
            errorMessage={outcome.fields['called_phone_on_record']}
            onChange={(event) => setCalled(event.target.checked)}
          />
        </>
      )}
      <div className="p-actions p-profile__bar">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'resets.confirming' : 'resets.confirm')}
        </Button>
        <FinalButton
          label={t('resets.decline')}
          heading={t('resets.declineTitle')}
          body={t('resets.declineBody', { name: found.person.name })}
          act={async () => {
            changed(await declineCase(found.id));
            flash.here(t('resets.declined'));
            focusFacts();
          }}
        />
      </div>
    </form>
  );
}

/** Confirm or decline; says why where one can't. */
export function Decision({ found }: { found: ResetCase }) {
  const { t } = useTexts();
  const { user } = useSession();
  const why = whyNot(found, user);
  if (found.state !== 'open') return null;
  return why ? (
    <Alert role="region" heading={t('cases.not')} headingLevel="2">
      <p className="p-flat">{t(why)}</p>
    </Alert>
  ) : (
    <DecisionForm found={found} />
  );
}
