import { Link } from 'wouter';
import type { AttentionItem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { KINDS } from './kinds';

/** What an item says: how many, or that there are too many to tell. */
function useLabel(item: AttentionItem): string {
  const { t, tn } = useTexts();
  switch (item.kind) {
    case 'without_administrator':
    case 'one_administrator':
    case 'no_backup':
    case 'seat_vacant':
    case 'own_address_stopped':
    case 'own_sharing_signal':
      return t(`attention.${item.kind}`);
    default:
      return item.count === 0 ? t('attention.perhaps') : tn(`attention.${item.kind}`, item.count);
  }
}

interface Props {
  item: AttentionItem;
  /** How many of those that wait are named. */
  named: number;
  /** Whether it is said since when each waits. */
  dated?: boolean;
}

/** One kind of task, with links to where it is done (NOT-5). */
export function Task({ item, named, dated = false }: Props) {
  const { t, instant } = useTexts();
  const { list, one, besides } = KINDS[item.kind];
  const label = useLabel(item);
  const place = item.place?.id ?? '';
  // A department is named; a member's own mailbox has no name.
  const where = item.place?.name;
  return (
    <li className="p-task">
      <p className="p-flat">
        <Link href={list(place)} className="p-strong">
          {where ? t('attention.in', { what: label, where }) : label}
        </Link>
        {item.more && item.count > 0 && <> ({t('attention.more', { count: item.count })})</>}
      </p>
      {item.first.length > 0 && (
        <ul className="p-plain p-task__people">
          {item.first.slice(0, named).map(({ id, name, since }) => (
            <li key={id}>
              {one ? <Link href={one(id, place)}>{name || t('attention.unnamed')}</Link> : name}
              {dated && since && (
                <span className="p-muted">
                  {' '}
                  <time dateTime={since}>{t('attention.since', { since: instant(since) })}</time>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {besides && (
        <p className="p-flat p-task__people">
          <Link href={besides.path}>{t(besides.text)}</Link>
        </p>
      )}
    </li>
  );
}
