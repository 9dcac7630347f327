/** Organizations of one broadcast (MSG-11). */
export const MOST_PRACTICES = 1_000;
/** A list of a thousand numbers has a fraction of this. */
export const MOST_BYTES = 1024 * 1024;

export interface TinList {
  /** Each once, in the order of the file. */
  tins: string[];
  /** Lines that hold no such number, counted from 1 as a spreadsheet does. */
  wrong: { line: number; value: string }[];
  /** How many stood there more than once. */
  repeated: number;
}

const cellsOf = (line: string) =>
  line.split(/[,;\t]/).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );

/** Reads tax identification numbers from a CSV: from the column that is called so, else from the first one. */
export function readTins(text: string): TinList {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const heads = cellsOf(lines[0] ?? '');
  const named = heads.findIndex((cell) => /\btin\b|tax/i.test(cell));
  const column = Math.max(named, 0);
  const found: TinList = { tins: [], wrong: [], repeated: 0 };
  const seen = new Set<string>();
  lines.forEach((line, index) => {
    if (line.trim() === '' || (index === 0 && named >= 0)) return;
    const value = cellsOf(line)[column] ?? '';
    const tin = value.replace(/^(\d{2})-(\d{7})$/, '$1$2');
    if (!/^\d{9}$/.test(tin)) found.wrong.push({ line: index + 1, value });
    else if (seen.has(tin)) found.repeated += 1;
    else found.tins.push(tin);
    seen.add(tin);
  });
  return found;
}
