import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { nominationPath } from './paths';
import { StateTag } from './state-tag';
import type { NominationRow } from './types';

/** The instant that matters for whoever goes through the list. */
function When({ row }: { row: NominationRow }) {
  const { t, instant } = useTexts();
  if (row.decided_at) return <>{t('nominations.at.decided', { time: instant(row.decided_at) })}</>;
  if (row.signed_at) return <>{t('nominations.at.signed', { time: instant(row.signed_at) })}</>;
  const ends = row.state === 'expired' ? 'nominations.at.ended' : 'nominations.at.ends';
  return (
    <>
      {t('nominations.at.sent', { time: instant(row.sent_at) })}
      <span className="p-nominations__when">{t(ends, { time: instant(row.ends_at) })}</span>
    </>
  );
}

export function NominationsTable({ rows }: { rows: readonly NominationRow[] }) {
  const { t } = useTexts();
  return (
    <table className="p-table p-users p-staff p-nominations">
      <caption className="ds-u-visibility--screen-reader">{t('nominations.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('nominations.column.practice')}</th>
          <th scope="col">{t('nominations.column.state')}</th>
          <th scope="col">{t('nominations.column.executive')}</th>
          <th scope="col">{t('nominations.column.since')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="p-row">
            <td className="p-users__name">
              <Link href={nominationPath(row.organization.id, row.id)}>
                {row.organization.name}
              </Link>
              <span className="p-overview__tin">{t('nominations.tin', { tin: row.tin })}</span>
            </td>
            <td>
              <StateTag state={row.state} verified={row.verified} />
            </td>
            <td>{row.executive_name}</td>
            <td>
              <When row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
