import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { CommentForm } from '../users/comment-form';
import type { Step } from './administrator-card';
import { postAdministratorReview, withdrawAdministratorReview } from './calls';
import type { AdministratorReview } from './types';

interface Props {
  item: AdministratorReview;
  step: Step;
  onDone: (said: TextKey) => void;
  onClose: () => void;
}

/** Says what a step does, and does it; the second of the two does what the first decided (REV-2). */
export function StepForm({ item, step, onDone, onClose }: Props) {
  const { t } = useTexts();
  const { card, need, organization, confirmed_by: first } = item;
  const decision = first?.decision ?? (step === 'remove' ? 'remove' : 'keep');
  // Somebody with flags is kept, let in or removed with a reason (REV-3).
  const required = step !== 'withdraw' && card.flags.length > 0;
  const send = async (comment: string) => {
    if (step === 'withdraw') {
      await withdrawAdministratorReview(item);
      return onDone('overview.two.done.withdraw');
    }
    const { state } = await postAdministratorReview(item, decision, comment.trim());
    onDone(state === 'waiting' ? 'overview.two.done.waiting' : `overview.two.done.${decision}`);
  };
  return (
    <CommentForm
      id="administrator-reason"
      heading={t('overview.two.problem')}
      label={t(required ? 'overview.two.reason.required' : 'overview.two.reason')}
      required={required}
      submit={t(`overview.two.submit.${step}`)}
      busy={t('overview.busy')}
      final={decision === 'remove' && step !== 'withdraw'}
      send={send}
      onClose={onClose}
    >
      {step === 'withdraw' ? (
        <p>{t('overview.two.body.withdraw')}</p>
      ) : (
        <>
          <p>{t(`overview.two.body.${need}.${decision}`, { practice: organization.name })}</p>
          <p>{t(first ? 'overview.two.body.second' : 'overview.two.body.first')}</p>
        </>
      )}
    </CommentForm>
  );
}
