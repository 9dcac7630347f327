import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { CommentForm } from '../users/comment-form';
import { postAdministratorReview, withdrawAdministratorReview } from './calls';
import { isChanged } from './steps';
import type { Step } from './steps';
import type { AdministratorReview, Verdict } from './types';

interface Props {
  item: AdministratorReview;
  step: Step;
  /** The reason of a try before, when something had changed meanwhile. */
  written: string;
  onDone: (said: TextKey) => void;
  /** It is no longer what was shown: nothing was done. */
  onChanged: (reason: string) => void;
  onClose: () => void;
}

const doneOf = (state: 'waiting' | 'done', decision: Verdict): TextKey =>
  state === 'waiting' ? 'overview.two.done.waiting' : `overview.two.done.${decision}`;

/** Does a step, or has the item shown anew when it changed meanwhile. */
async function done(act: () => Promise<void>, onChanged: () => void) {
  try {
    await act();
  } catch (error) {
    if (!isChanged(problemOf(error))) throw error;
    onChanged();
  }
}

/** The first of two decides, with a reason where the card has flags (REV-3). */
function FirstForm(props: Props & { decision: Verdict }) {
  const { item, decision, written, onDone, onChanged, onClose } = props;
  const { t } = useTexts();
  const { card, need, organization } = item;
  const required = card.flags.length > 0;
  return (
    <CommentForm
      id="administrator-reason"
      heading={t('overview.two.problem')}
      label={t(required ? 'overview.two.reason.required' : 'overview.two.reason')}
      required={required}
      submit={t(`overview.two.submit.${decision}`)}
      busy={t('overview.busy')}
      final={decision === 'remove'}
      written={written}
      send={(reason) =>
        done(
          async () => {
            const { state } = await postAdministratorReview(item, decision, reason.trim());
            onDone(doneOf(state, decision));
          },
          () => onChanged(reason),
        )
      }
      onClose={onClose}
    >
      <p>{t(`overview.two.body.${need}.${decision}`, { practice: organization.name })}</p>
      <p>{t('overview.two.body.first')}</p>
    </CommentForm>
  );
}

/** What needs no reason: confirming what the first decided, or having it begin anew. */
function Question({ item, step, written, onDone, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const { confirmed_by: first, need, organization } = item;
  const decision = first?.decision ?? 'keep';
  const take = async () => {
    if (step === 'withdraw') {
      await withdrawAdministratorReview(item);
      onDone('overview.two.done.withdraw');
      return;
    }
    const { state } = await postAdministratorReview(item, decision, '');
    onDone(doneOf(state, decision));
  };
  const go = () => act(() => done(take, () => onChanged(written)));
  const submit = step === 'withdraw' ? 'withdraw' : 'confirm';
  return (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('overview.two.problem')} autoFocus />}
      {submit === 'withdraw' ? (
        <p>{t('overview.two.body.withdraw')}</p>
      ) : (
        <>
          <p>{t(`overview.two.body.${need}.${decision}`, { practice: organization.name })}</p>
          <p>{t('overview.two.body.second')}</p>
        </>
      )}
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          className={submit === 'confirm' && decision === 'remove' ? 'p-button--final' : ''}
          aria-disabled={busy}
          onClick={() => void go()}
        >
          {t(busy ? 'overview.busy' : `overview.two.submit.${submit}`)}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Says what a step does, and does it (REV-2). */
export function StepForm(props: Props) {
  const { step } = props;
  return step === 'keep' || step === 'remove' ? (
    <FirstForm {...props} decision={step} />
  ) : (
    <Question {...props} />
  );
}
