import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { CommentForm } from '../users/comment-form';
import { reviewStaff } from './calls';
import { useStaffChanged } from './queries';
import type { StaffAccount, StaffVerdict } from './types';

const VERDICTS: readonly StaffVerdict[] = ['keep', 'disable'];

/** What of a clock is said about an account, and whether a review lifts it. */
const CAUSES = ['suspended', 'inactive'] as const;

interface Props {
  account: StaffAccount;
  onStale: () => void;
}

interface VerdictProps extends Props {
  verdict: StaffVerdict;
  onClose: () => void;
}

function VerdictForm({ account, verdict, onStale, onClose }: VerdictProps) {
  const { t } = useTexts();
  const changed = useStaffChanged();
  const required = verdict === 'disable';
  return (
    <CommentForm
      id="staff-review-reason"
      heading={t('staff.review.problem')}
      label={t(required ? 'staff.review.reason.required' : 'staff.review.reason')}
      required={required}
      submit={t(`staff.review.${verdict}`)}
      busy={t('staff.saving')}
      send={async (reason) => {
        changed(await reviewStaff(account.id, account.version, verdict, reason));
        onClose();
        flash.here(t(`staff.review.done.${verdict}`, { name: account.name }));
        window.scrollTo(0, 0);
        // After a "disable" the buttons are gone.
        document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
      }}
      onStale={onStale}
      onClose={onClose}
    >
      <p>{t(required ? 'staff.disableBody' : 'staff.review.keep.body')}</p>
    </CommentForm>
  );
}

/** A review by another plan administrator: keep, or disable (ACC-11). */
export function StaffReview({ account, onStale }: Props) {
  const { t } = useTexts();
  const [verdict, setVerdict] = useState<StaffVerdict | null>(null);
  if (!account.may_review) return null;
  const close = () => setVerdict(null);
  return (
    <section className="p-card p-no-print" aria-labelledby="staff-review">
      <h2 id="staff-review" className="ds-text-heading--lg p-flat">
        {t('staff.review')}
      </h2>
      {CAUSES.filter((cause) => account.causes.includes(cause)).map((cause) => (
        <p key={cause}>{t(`staff.review.${cause}`)}</p>
      ))}
      <p>
        {t('staff.review.lead')} {t('staff.review.right')}
      </p>
      <div className="p-actions p-account">
        {VERDICTS.map((each) => (
          <Button
            key={each}
            className={each === 'keep' ? '' : 'p-button--danger'}
            onClick={() => setVerdict(each)}
          >
            {t(`staff.review.${each}`)}
          </Button>
        ))}
      </div>
      <Dialog
        isOpen={verdict !== null}
        onExit={close}
        heading={verdict && t(`staff.review.${verdict}.title`, { name: account.name })}
        ariaCloseLabel={t('app.close')}
      >
        {verdict && (
          <VerdictForm
            account={account}
            verdict={verdict}
            onStale={() => {
              close();
              onStale();
            }}
            onClose={close}
          />
        )}
      </Dialog>
    </section>
  );
}
