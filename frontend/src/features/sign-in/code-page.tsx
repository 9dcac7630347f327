import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Page } from '../../app/page';
import { arrive } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { bareCode, CodeField } from '../credentials/code-field';
import { useForm } from '../register/use-form';
import { postCode } from './calls';
import { GiveUp } from './give-up';
import { Helpdesk } from './helpdesk';

const idOf = (field: string) => `sign-in-${field}`;

/** The second factor: a code of the app, or one of the recovery codes (CRD-9). */
export function CodePage() {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['code'],
    wrong: () => ({ ...(code.trim() === '' && { code: t('code.missing') }) }),
    send: async () => arrive(await postCode(bareCode(code))),
    onDone: () => undefined,
    onProblem: ({ code: why }) => {
      if (why === 'factor_failed') setCode('');
      return false;
    },
  });
  return (
    <Page title={t('stage.code.title')} className="p-register">
      <p className="p-lead">{t('stage.code.lead')}</p>
      <FormSummary heading={t('stage.problem')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <CodeField
          id={idOf('code')}
          value={code}
          onChange={setCode}
          error={outcome.fields['code']}
          recovery
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'stage.busy' : 'stage.goOn')}
          </Button>
        </div>
      </form>
      <Helpdesk lead={t('stage.code.lost')} />
      <GiveUp />
    </Page>
  );
}
