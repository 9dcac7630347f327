import { Link } from 'wouter';
import type { Language } from '../../api/types';
import { useTexts } from '../../texts/context';
import { authorText, changeText } from '../users/member-history';
import { NEW_USER, userPath } from '../users/paths';
import { LEVELS } from '../users/types';
import type { Level } from '../users/types';
import { levelsText } from '../users/words';
import type { After, Card, CardChange, Shown } from './types';

function Instant({ iso }: { iso: string }) {
  const { instant } = useTexts();
  return <time dateTime={iso}>{instant(iso)}</time>;
}

/** A day that has no time, so none of its zones either. */
const dayOf = (language: Language, day: string) =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(new Date(day));

/** Each access level with when it was last used, where that is recorded. */
function Levels({ held, use }: { held: readonly Level[]; use: Card['level_use'] }) {
  const { t, language } = useTexts();
  const levels = LEVELS.filter((level) => held.includes(level));
  if (!use || levels.length === 0) return <>{levelsText(t, held)}</>;
  const usedAt = (level: Level) => {
    const at = use[level];
    return at ? t('reviews.level.used', { day: dayOf(language, at) }) : t('reviews.level.unused');
  };
  return (
    <ul className="p-plain">
      {levels.map((level) => (
        <li key={level}>
          {t(`users.level.${level}`)}
          {level !== 'manage_account' && (
            <span className="p-muted p-review__used"> {usedAt(level)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Change({ entry }: { entry: CardChange }) {
  const { t } = useTexts();
  return (
    <li className="p-review__change">
      <span className="p-muted">
        <Instant iso={entry.at} />, {entry.by.email ? entry.by.name : authorText(t, entry.by)}
      </span>
      <ul className="p-plain">
        {entry.changes.map((change) => (
          <li key={change.field}>{changeText(t, change)}</li>
        ))}
      </ul>
      {/* Only ever text (S-IO-01). */}
      {entry.comment && (
        <p className="p-entry__comment">
          <span className="ds-u-visibility--screen-reader">{t('users.history.comment')}: </span>
          {entry.comment}
        </p>
      )}
    </li>
  );
}

/** Why somebody has to be looked at twice. */
export function Flags({ card, link }: { card: Pick<Card, 'flags'>; link: boolean }) {
  const { t } = useTexts();
  if (card.flags.length === 0) return null;
  return (
    <ul className="p-plain p-review__flags" aria-label={t('reviews.flags')}>
      {card.flags.map((flag) => (
        <li key={flag}>
          <span className="p-tag p-tag--flag">{t(`reviews.flag.${flag}`)}</span>{' '}
          <span className="p-muted">{t(`reviews.flag.about.${flag}`)}</span>
          {flag === 'sharing' && link && (
            <span className="p-no-print">
              {' '}
              <Link href={NEW_USER}>{t('reviews.invite')}</Link>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Role, access levels and providers, and when somebody was there last, where that was shown too. */
export function AccessShown({ shown }: { shown: After | Shown }) {
  const { t } = useTexts();
  const full = 'last_sign_in_at' in shown ? shown : null;
  return (
    <dl className="p-facts p-user-facts">
      <dt>{t('users.role')}</dt>
      <dd>{t(`users.role.${shown.role}`)}</dd>
      <dt>{t('users.levels')}</dt>
      <dd>
        <Levels held={shown.access_levels} use={full?.level_use ?? null} />
      </dd>
      <dt>{t('users.providers')}</dt>
      <dd>{shown.providers.join(', ') || t('users.providers.all')}</dd>
      {full && (
        <>
          <dt>{t('users.update.lastSignIn')}</dt>
          <dd>
            {full.last_sign_in_at ? <Instant iso={full.last_sign_in_at} /> : t('users.never')}
          </dd>
        </>
      )}
      {full?.verified_at && (
        <>
          <dt>{t('users.update.verified')}</dt>
          <dd>
            <Instant iso={full.verified_at} />
          </dd>
        </>
      )}
      {full?.created_at && (
        <>
          <dt>{t('users.update.created')}</dt>
          <dd>
            <Instant iso={full.created_at} />
          </dd>
        </>
      )}
      {full?.due_at && (
        <>
          <dt>{t(full.late ? 'reviews.wasDue' : 'reviews.due')}</dt>
          <dd className={full.late ? 'p-review__late' : ''}>
            <Instant iso={full.due_at} />
          </dd>
        </>
      )}
    </dl>
  );
}

interface ChangesProps {
  changes: CardChange[];
  /** There are older ones, which aren't shown. */
  more: boolean;
  /** The account where they are to be seen, for who may open it. */
  of: string | null;
}

/** What changed about somebody since they were last reviewed. */
export function Changes({ changes, more, of }: ChangesProps) {
  const { t } = useTexts();
  return (
    <div className="p-review__changes">
      <p className="p-flat p-strong">{t('reviews.changes')}</p>
      {changes.length === 0 && <p className="p-flat p-muted">{t('reviews.changes.none')}</p>}
      {changes.length > 0 && (
        <ul className="p-plain">
          {changes.map((entry) => (
            <Change key={entry.number} entry={entry} />
          ))}
        </ul>
      )}
      {more && (
        <p className="p-flat">
          {of ? (
            <Link href={userPath(of)}>{t('reviews.changes.more')}</Link>
          ) : (
            t('reviews.changes.older')
          )}
        </p>
      )}
    </div>
  );
}

/** Everything that a card of the review shows about somebody beside name and status (REV-3). */
export function CardFacts({ card, link = true }: { card: Shown; link?: boolean }) {
  return (
    <>
      <p className="p-flat p-review__email">{card.email}</p>
      <Flags card={card} link={link} />
      <div className="p-review__columns">
        <div>
          <AccessShown shown={card} />
        </div>
        <Changes changes={card.changes} more={card.more_changes} of={link ? card.id : null} />
      </div>
    </>
  );
}
