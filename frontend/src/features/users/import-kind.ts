import type { PluralKey, TextKey } from '../../texts';
import type { Texts } from '../../texts/context';
import type { Announce, AskProblems } from './import-steps';

/** What a CSV is imported as: what stands in it, by which calls it goes, and in which words. */
export interface ImportKind {
  /** Of its page, and of the list that it adds to. */
  path: string;
  list: string;
  /** Those of the file, in the order of the template. */
  columns: readonly string[];
  /** What belongs into one of them. */
  columnText: (t: Texts['t'], column: string) => string;
  template: readonly (readonly string[])[];
  templateName: string;
  announce: Announce;
  run: (checkId: string, key: string) => Promise<{ work_id: string }>;
  problems: AskProblems;
  /** First part of the keys of what is read anew afterwards. */
  stale: string;
  fileHint: TextKey;
  problemsHint: TextKey;
  back: TextKey;
  runTitle: TextKey;
  good: PluralKey;
  submit: PluralKey;
  done: PluralKey;
}
