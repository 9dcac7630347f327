import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { OverviewRow, Practice } from './types';

interface RowProps {
  row: OverviewRow;
  chosen: boolean;
  onChoose: ((on: boolean) => void) | null;
  onShow: () => void;
}

function PracticeRow({ row, chosen, onChoose, onShow }: RowProps) {
  const { t, tn, instant } = useTexts();
  const { name, tin } = row.organization;
  return (
    <tr className="p-row">
      {onChoose && (
        <td className="p-overview__choose">
          <label className="p-check">
            <input
              type="checkbox"
              checked={chosen}
              onChange={(event) => onChoose(event.currentTarget.checked)}
            />
            <span className="ds-u-visibility--screen-reader">{t('overview.choose', { name })}</span>
          </label>
        </td>
      )}
      <td className="p-users__name">
        {name}
        <span className="p-overview__tin">{t('overview.tin', { tin })}</span>
      </td>
      <td className={row.late > 0 ? 'p-overview__late' : ''}>{tn('overview.late', row.late)}</td>
      <td>{tn('overview.open', row.open)}</td>
      <td>
        {row.next_due_at && <span className="p-overview__label">{t('overview.column.due')}: </span>}
        {row.next_due_at ? instant(row.next_due_at) : t('overview.notDue')}
      </td>
      <td>
        {row.without_administrator && (
          <span className="p-tag p-tag--suspended">{t('overview.flag.without_administrator')}</span>
        )}{' '}
        {row.suspect && <span className="p-tag">{t('overview.flag.suspect')}</span>}
      </td>
      <td>
        <Button size="small" aria-label={t('overview.showNamed', { name })} onClick={onShow}>
          {t('overview.showPractice')}
        </Button>
      </td>
    </tr>
  );
}

interface Props {
  rows: readonly OverviewRow[];
  chosen: readonly Practice[];
  /** For who may call reviews. */
  onChoose: ((practice: Practice, on: boolean) => void) | null;
  onShow: (row: OverviewRow) => void;
}

/** The practices and how far each is (REV-4). */
export function PracticesTable({ rows, chosen, onChoose, onShow }: Props) {
  const { t } = useTexts();
  return (
    <table className="p-table p-users p-staff p-overview">
      <caption className="ds-u-visibility--screen-reader">{t('overview.title')}</caption>
      <thead>
        <tr>
          {onChoose && (
            <th scope="col" className="p-overview__choose">
              <span className="ds-u-visibility--screen-reader">{t('overview.chosen')}</span>
            </th>
          )}
          <th scope="col">{t('overview.practice')}</th>
          <th scope="col">{t('overview.column.late')}</th>
          <th scope="col">{t('overview.column.open')}</th>
          <th scope="col">{t('overview.column.due')}</th>
          <th scope="col">{t('overview.column.flags')}</th>
          <th scope="col">
            <span className="ds-u-visibility--screen-reader">{t('overview.showPractice')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PracticeRow
            key={row.organization.id}
            row={row}
            chosen={chosen.some(({ id }) => id === row.organization.id)}
            onChoose={onChoose && ((on) => onChoose(row.organization, on))}
            onShow={() => onShow(row)}
          />
        ))}
      </tbody>
    </table>
  );
}
