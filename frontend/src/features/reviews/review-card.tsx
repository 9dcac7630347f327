import { Alert, Button } from '@cmsgov/design-system';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { CommentField } from '../users/comment-field';
import { NEW_BACKUP } from '../users/paths';
import { StatusTag } from '../users/status-tag';
import { CardFacts } from './card-facts';
import { ChangeFields } from './change-fields';
import type { CardEdit } from './edits';
import { isTheirs } from './order';
import { useOthers } from './queries';
import type { Meanwhile } from './queries';
import type { Card, Decided, Verdict } from './types';
import { useDecision } from './use-decision';

export const headingId = (id: string) => `review-${id}`;

export type Renewed = 'in_focus' | 'elsewhere';

type Mode = 'view' | 'change' | 'remove';

interface Props {
  card: Card;
  edit: CardEdit;
  /** It was changed while it was shown, and is shown anew; in focus where nobody went on elsewhere. */
  renewed: Renewed | null;
  onEdit: (edit: CardEdit) => void;
  onDecided: (decision: Verdict, answer: Decided) => void;
  onMeanwhile: (now: Meanwhile) => void;
}

/** Who reviews an account that the person at the screen may not review (REV-2). */
function ReviewedByOthers({ card }: { card: Card }) {
  const { t, language } = useTexts();
  const others = useOthers(card.own && !card.reviewed_by_plan);
  const names = new Intl.ListFormat(language, { type: 'disjunction' }).format(others);
  if (card.reviewed_by_plan) {
    return (
      <Alert role="region">
        <p className="p-flat">
          {t(card.own ? 'reviews.own.byPlan' : 'reviews.byPlan')}{' '}
          {card.own && <Link href={NEW_BACKUP}>{t('users.roster.enrollBackup')}</Link>}
        </p>
      </Alert>
    );
  }
  return (
    <Alert role="region">
      <p className="p-flat">
        {names ? t('reviews.own.by', { names }) : t('reviews.own.byAnother')}
      </p>
    </Alert>
  );
}

interface PanelProps extends Props {
  mode: Mode;
  onMode: (mode: Mode) => void;
}

/** The three decisions, and what belongs to each: one of them is made per person. */
function DecisionPanel(props: PanelProps) {
  const { card, edit, mode, onMode, onEdit, onDecided, onMeanwhile } = props;
  const { t } = useTexts();
  const [limited, setLimited] = useState(false);
  const change = edit.change ?? {};
  const unlimited = limited && (change.providers ?? card.providers).length === 0;
  const { busy, outcome, send, settle } = useDecision({
    card,
    edit,
    unlimited,
    onDecided,
    onMeanwhile,
  });
  const idOf = (field: string) => `review-${card.id}-${field}`;
  const errorOf = (field: string) => outcome.fields[field];
  const flagged = card.flags.length > 0;
  const panel = useRef<HTMLHeadingElement>(null);
  const opened = useRef<Mode>('view');
  useEffect(() => {
    if (mode !== 'view' && opened.current !== mode) panel.current?.focus();
    opened.current = mode;
  }, [mode]);
  const open = (next: Mode) => {
    settle();
    onMode(next);
  };
  const close = () => {
    setLimited(false);
    onEdit(edit.reason ? { reason: edit.reason } : {});
    open('view');
    // The button that is pressed goes.
    window.setTimeout(() => document.getElementById(idOf(mode))?.focus());
  };
  const about = <span className="ds-u-visibility--screen-reader"> {card.name}</span>;
  return (
    <div className="p-review__decision p-no-print">
      {mode !== 'view' && (
        <h4 className="p-review__panel" tabIndex={-1} ref={panel}>
          {t(`reviews.${mode}.title`, { name: card.name })}
        </h4>
      )}
      <FormSummary heading={t('reviews.problem')} outcome={outcome} idOf={idOf} />
      {mode === 'change' && (
        <ChangeFields
          card={card}
          change={change}
          limited={limited}
          idOf={idOf}
          errorOf={errorOf}
          onChange={(next) => onEdit({ ...edit, change: next })}
          onLimited={setLimited}
        />
      )}
      {mode === 'remove' && <p className="p-flat">{t('users.move.body.remove')}</p>}
      {(flagged || mode !== 'view') && (
        <CommentField
          id={idOf('reason')}
          label={t(flagged ? 'reviews.reason.required' : 'reviews.reason.optional')}
          value={edit.reason ?? ''}
          required={flagged}
          error={errorOf('reason')}
          onChange={(reason) => onEdit({ ...edit, reason })}
        />
      )}
      <div className="p-actions p-review__buttons">
        {mode === 'view' ? (
          <>
            <Button
              variation="solid"
              aria-disabled={busy !== null}
              onClick={() => send('keep')}
              id={idOf('keep')}
            >
              {t(busy ? 'reviews.busy' : 'reviews.keep')}
              {about}
            </Button>
            <Button id={idOf('change')} onClick={() => open('change')}>
              {t('reviews.change')}
              {about}
            </Button>
            <Button id={idOf('remove')} className="p-button--danger" onClick={() => open('remove')}>
              {t('reviews.remove')}
              {about}
            </Button>
          </>
        ) : (
          <>
            <Button
              variation="solid"
              className={mode === 'remove' ? 'p-button--final' : ''}
              aria-disabled={busy !== null}
              onClick={() => send(mode)}
            >
              {t(busy ? 'reviews.busy' : `reviews.${mode}.confirm`)}
              {about}
            </Button>
            <Button variation="ghost" onClick={close}>
              {t('users.cancel')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** One person to be reviewed: all that is known for the decision, and the decision (REV-3). */
export function ReviewCard(props: Props) {
  const { card, edit, renewed } = props;
  const { t } = useTexts();
  const [mode, setMode] = useState<Mode>(edit.change ? 'change' : 'view');
  const heading = headingId(card.id);
  return (
    <li className={`p-card p-review ${card.late ? 'p-review--late' : ''}`}>
      <div className="p-review__head">
        <h3 id={heading} className="ds-text-heading--lg p-flat" tabIndex={-1}>
          {card.name}
        </h3>
        <StatusTag status={card.status} />
      </div>
      {renewed && (
        <Alert
          variation="warn"
          autoFocus={renewed === 'in_focus'}
          heading={t('reviews.renewed')}
          headingLevel="4"
        >
          <p className="p-flat">{t('reviews.renewed.body')}</p>
        </Alert>
      )}
      <CardFacts card={card} />
      {isTheirs(card) ? (
        <DecisionPanel {...props} mode={mode} onMode={setMode} />
      ) : (
        <ReviewedByOthers card={card} />
      )}
    </li>
  );
}
