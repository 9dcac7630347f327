import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { StatusTag } from '../users/status-tag';
import { AccessShown, Changes, Flags } from './card-facts';
import type { Evidence } from './types';

/** One decision: who, whom, when, why; and what the reviewer saw, which print always shows (REV-5). */
export function EvidenceItem({ evidence }: { evidence: Evidence }) {
  const { t, instant } = useTexts();
  const [open, setOpen] = useState(false);
  const { id, at, reviewer, confirmed_by, member, decision, reason, seen, after } = evidence;
  const shownId = `decision-${id}`;
  return (
    <li className="p-entry p-evidence">
      <h2 className="p-entry__title">
        {member.name}: {t(`reviews.decided.${decision}`)}
      </h2>
      <p className="p-entry__who">
        <time dateTime={at}>{instant(at)}</time>
        <span>{t('reviews.evidence.by', { name: reviewer.name })}</span>
        {confirmed_by && (
          <span>{t('reviews.evidence.confirmed', { name: confirmed_by.name })}</span>
        )}
        <span>{member.email}</span>
      </p>
      {/* Only ever text (S-IO-01). */}
      {reason && (
        <p className="p-entry__comment">
          <span className="ds-u-visibility--screen-reader">{t('reviews.reason')}: </span>
          {reason}
        </p>
      )}
      <Button
        size="small"
        variation="ghost"
        className="p-no-print"
        aria-expanded={open}
        aria-controls={shownId}
        onClick={() => setOpen(!open)}
      >
        {t(open ? 'reviews.evidence.hide' : 'reviews.evidence.show')}
        <span className="ds-u-visibility--screen-reader"> {member.name}</span>
      </Button>
      <div id={shownId} className="p-evidence__shown" hidden={!open}>
        <div className="p-review__columns">
          <div>
            <h3 className="p-entry__title">{t('reviews.evidence.seen')}</h3>
            <p className="p-flat">
              <StatusTag status={seen.status} />
            </p>
            <Flags card={{ flags: seen.flags }} link={false} />
            <AccessShown shown={seen} />
          </div>
          <div>
            <h3 className="p-entry__title">{t('reviews.evidence.after')}</h3>
            <p className="p-flat">
              <StatusTag status={after.status} />
            </p>
            <AccessShown shown={after} />
          </div>
        </div>
        <Changes changes={seen.changes} more={seen.more_changes} of={null} />
      </div>
    </li>
  );
}
