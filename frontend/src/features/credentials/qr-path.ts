/** How wide the white frame of a QR code has to be, in modules (ISO/IEC 18004). */
export const QUIET = 4;

/** One path for all dark modules: a bar for each run of them in a row. */
export function pathOf(rows: readonly (readonly boolean[])[]): string {
  const bars: string[] = [];
  rows.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      let end = x;
      while (row[end]) end += 1;
      if (end > x) bars.push(`M${x + QUIET} ${y + QUIET}h${end - x}v1h-${end - x}z`);
      x = end + 1;
    }
  });
  return bars.join('');
}
