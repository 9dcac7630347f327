import { quietly } from '../../app/leave-guard';

/** A CSV of cells that hold neither commas nor quotes. The mark at its start lets spreadsheets see UTF-8. */
export const csvOf = (rows: readonly (readonly string[])[]) =>
  `\uFEFF${rows.map((cells) => `${cells.join(',')}\r\n`).join('')}`;

/** Made in the browser, so nothing has to be asked for. */
export function downloadCsv(rows: readonly (readonly string[])[], name: string) {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  quietly(() => anchor.click());
  URL.revokeObjectURL(url);
}
