const NPI = /^\d{10}$/;

/** What somebody typed, taken apart where commas, semicolons or blanks stand; each once, in its order. */
export const npisIn = (typed: string): readonly string[] => [
  ...new Set(typed.split(/[\s,;]+/u).filter((part) => part !== '')),
];

/** Those that can't be NPIs. Whether the others are, the portal finds by their check digit. */
export const wrongNpis = (npis: readonly string[]): readonly string[] =>
  npis.filter((npi) => !NPI.test(npi));
