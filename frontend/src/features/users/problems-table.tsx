import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { Pager } from '../messages/pager';
import type { ImportKind } from './import-kind';
import { START, nextPart, PART_SIZE } from './problem-parts';
import { useImportProblems } from './import-steps';

/** Reasons that mean little without what belongs into the column. */
const HINTED = new Set(['not_one_of_these', 'too_short', 'too_long', 'wrong_form', 'required']);

/** What is wrong with the rows of a file: row, column and reason of each (ACC-2). */
export function ProblemsTable({ kind, workId }: { kind: ImportKind; workId: string }) {
  const { t } = useTexts();
  const [parts, setParts] = useState([START]);
  const part = parts.at(-1) ?? START;
  const { data, error, refetch } = useImportProblems(kind.problems, workId, part.cursor);
  if (error && !data) {
    return <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />;
  }
  if (!data) return <Loading />;
  const shown = data.items.slice(part.from, part.from + PART_SIZE);
  const next = nextPart(part, data);
  return (
    <>
      <table role="table" className="p-table p-problems" aria-label={t('users.import.problems')}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="p-problems__row">
              {t('users.import.row')}
            </th>
            <th role="columnheader" scope="col" className="p-problems__column">
              {t('users.import.column')}
            </th>
            <th role="columnheader" scope="col">
              {t('users.import.reason')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map(({ row, column, code, detail }, index) => (
            <tr role="row" className="p-row" key={`${row} ${column} ${code} ${index}`}>
              <td role="cell" className="p-problems__row">
                {row > 0 ? (
                  <>
                    <span className="p-row__label">{t('users.import.row')} </span>
                    {row}
                  </>
                ) : (
                  t('users.import.wholeFile')
                )}
              </td>
              <td role="cell" className="p-problems__column">
                {column}
              </td>
              <td role="cell">
                {detail}
                {HINTED.has(code) && kind.columns.includes(column) && (
                  <span className="p-muted"> {kind.columnText(t, column)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager
        label={t('users.import.pages')}
        status={t('messages.page', { page: parts.length })}
        previous={parts.length > 1 ? () => setParts(parts.slice(0, -1)) : null}
        next={next ? () => setParts([...parts, next]) : null}
      />
    </>
  );
}
