import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { ApproveForm } from './approve-form';
import { ReturnForm } from './return-form';
import { stepsOf } from './steps';
import type { Step } from './steps';
import type { Nomination } from './types';
import { WithdrawForm } from './withdraw-form';

interface Props {
  nomination: Nomination;
  /** Said once it is done. */
  onDone: (after: Nomination, said: string) => void;
  onChanged: () => void;
}

/** What can be done with a nomination now, each after a question of its own (ORG-1). */
export function Decision({ nomination, onDone, onChanged }: Props) {
  const { t } = useTexts();
  const [step, setStep] = useState<Step | null>(null);
  const [reason, setReason] = useState('');
  const { form, flags } = nomination;
  const name = form?.administrator_name ?? '';
  const seated = flags.member_here === 'active';
  const { steps, lacks } = stepsOf(nomination);
  if (steps.length === 0) return null;
  const close = () => setStep(null);
  const changed = () => {
    close();
    onChanged();
  };
  const done = (said: string) => (after: Nomination) => {
    close();
    onDone(after, said);
  };
  const titles: Record<Step, string> = {
    approve: t('nominations.approve.title', { name }),
    return: t('nominations.return.title'),
    withdraw: t('nominations.withdraw.title'),
  };
  const common = { nomination, onChanged: changed, onClose: close };
  return (
    <section className="p-card p-no-print" aria-labelledby="nomination-decide">
      <h2 id="nomination-decide" className="ds-text-heading--lg p-flat">
        {t('nominations.decide')}
      </h2>
      {lacks && <p>{t(`nominations.decide.${lacks}`)}</p>}
      <div className="p-actions p-gap-top">
        {steps.map((each) => (
          <Button
            key={each}
            variation={each === 'approve' ? 'solid' : undefined}
            className={each === 'withdraw' ? 'p-button--danger' : ''}
            onClick={() => setStep(each)}
          >
            {t(`nominations.${each}`)}
          </Button>
        ))}
      </div>
      <Dialog
        isOpen={step !== null}
        onExit={close}
        heading={step && titles[step]}
        ariaCloseLabel={t('app.close')}
      >
        {step === 'approve' && form && (
          <ApproveForm
            {...common}
            form={form}
            onDone={done(
              t(seated ? 'nominations.approve.doneSeated' : 'nominations.approve.done', { name }),
            )}
          />
        )}
        {step === 'return' && (
          <ReturnForm
            {...common}
            reason={reason}
            onReason={setReason}
            onDone={done(t('nominations.return.done'))}
          />
        )}
        {step === 'withdraw' && (
          <WithdrawForm {...common} onDone={done(t('nominations.withdraw.done'))} />
        )}
      </Dialog>
    </section>
  );
}
