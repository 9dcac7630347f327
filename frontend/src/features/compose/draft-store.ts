import type { Party } from '../../api/types';
import { Store } from '../../app/store';
import type { UploadRow } from '../attachments/upload-row';

/** The practice whose people staff write to; its name is not always known. */
export interface Practice {
  id: string;
  name: string;
}

/** Whom a message is to go to; of a group, the id is its practice's (MSG-1). */
export type ChosenRecipient = Pick<Party, 'id' | 'kind' | 'name'> & {
  practice?: Practice;
  /** Can't be written to any more: chosen a while ago, gone since. */
  gone?: boolean;
};

/** Groups of one practice have the same id. */
export const sameRecipient = (one: ChosenRecipient, other: ChosenRecipient) =>
  one.id === other.id && one.kind === other.kind;

export const isGroup = ({ kind }: ChosenRecipient) =>
  kind === 'administrators' || kind === 'everybody';

/** A draft as the portal keeps it: its version, and which content that was. */
export interface Kept {
  id: string;
  version: number;
  /** When, in milliseconds since the epoch. */
  at: number;
  content: string;
}

/** Why what is written now is not kept at the portal. */
export type Trouble =
  | { kind: 'failed'; detail: string }
  /** Another window or device saved it since, or has sent it or thrown it away. */
  | { kind: 'changed' }
  | { kind: 'gone' };

export interface Draft {
  to: ChosenRecipient[];
  cc: ChosenRecipient[];
  subject: string;
  text: string;
  urgent: boolean;
  all: boolean;
  /** Of a thread's message that is answered or forwarded; null for the newest one. */
  messageId: string | null;
  files: UploadRow[];
  /** How many files of it waited too long at the portal: they are to be attached again. */
  expired: number;
  /** The last try to send: its key, the content it was for, the kept draft it takes along (MSG-7). */
  attempt: { content: string; key: string; draftId: string | null } | null;
  kept: Kept | null;
  trouble: Trouble | null;
}

export const EMPTY: Draft = {
  to: [],
  cc: [],
  subject: '',
  text: '',
  urgent: false,
  all: false,
  messageId: null,
  files: [],
  expired: 0,
  attempt: null,
  kept: null,
  trouble: null,
};

export function isEmpty(draft: Draft): boolean {
  return (
    draft.to.length + draft.cc.length + draft.files.length === 0 &&
    draft.subject.trim() === '' &&
    draft.text.trim() === ''
  );
}

/** The practice of whose people a message goes to; a message has at most one (MSG-1). */
export function practiceOf(draft: Pick<Draft, 'to' | 'cc'>): Practice | null {
  const found = [...draft.to, ...draft.cc].flatMap(({ practice }) => practice ?? []);
  return found.find(({ name }) => name !== '') ?? found[0] ?? null;
}

/** What the portal can keep of a draft, to tell whether it has it. */
export function contentOf(draft: Draft): string {
  const ids = (chosen: ChosenRecipient[]) => chosen.map(({ id, kind }) => [kind, id]);
  const files = draft.files.flatMap(({ uploadId }) => uploadId ?? []);
  const { to, cc, subject, text, urgent, all } = draft;
  return JSON.stringify([ids(to), ids(cc), subject, text, urgent, all, files]);
}

/** A file that is lost with this page: the portal doesn't have it yet. */
const onlyHere = ({ hopeless, step }: UploadRow) => !hopeless && step !== 'poll';

/** Whether nothing is lost when this page closes. */
export function isSafe(draft: Draft): boolean {
  if (isEmpty(draft) && !draft.kept) return true;
  return draft.kept?.content === contentOf(draft) && !draft.files.some(onlyHere);
}

/** One key per content: the same while it is retried, a new one as soon as anything in it changed (MSG-7). */
export function attemptFor(draft: Draft, content: string, newKey: () => string) {
  if (draft.attempt?.content === content) return draft.attempt;
  return { content, key: newKey(), draftId: draft.kept?.id ?? null };
}

/**
 * Unsent work, in this page's memory: it outlives the end of the session (CRD-8) but neither a reload, nor signing
 * out, nor another person's signing in. The portal keeps a copy (`features/drafts`), which outlives those too.
 */
class Drafts {
  private readonly store = new Store<ReadonlyMap<string, Draft>>(new Map());
  private owner: string | null = null;
  readonly subscribe = this.store.subscribe;
  /** Called for each draft that is dropped, so that its uploads can stop. */
  onDrop: (draft: Draft) => void = () => undefined;
  /** Gives the portal what it doesn't have yet. Filled in where messages are written. */
  keepAll: () => Promise<unknown> = () => Promise.resolve();

  get(key: string): Draft {
    return this.store.get().get(key) ?? EMPTY;
  }

  update(key: string, change: (draft: Draft) => Draft) {
    const current = this.get(key);
    const next = change(current);
    if (next === current) return;
    this.store.set(new Map(this.store.get()).set(key, next));
  }

  drop(key: string) {
    const map = new Map(this.store.get());
    const draft = map.get(key);
    if (!draft) return;
    map.delete(key);
    this.store.set(map);
    this.onDrop(draft);
  }

  clear() {
    for (const key of [...this.store.get().keys()]) this.drop(key);
    this.owner = null;
  }

  /** Who signed in? Unless it is the same person, everything of the former one is dropped. */
  handTo(userId: string): 'same' | 'first' | 'other' {
    if (this.owner === userId) return 'same';
    const who = this.owner === null ? 'first' : 'other';
    this.clear();
    this.owner = userId;
    return who;
  }

  anyUnsent(): boolean {
    return [...this.store.get().values()].some((draft) => !isEmpty(draft));
  }

  /** Whether there is some that would be lost with this page. */
  anyUnsafe(): boolean {
    return [...this.store.get().values()].some((draft) => !isSafe(draft));
  }
}

export const drafts = new Drafts();

export const newKey = (mailboxId: string) => `new ${mailboxId}`;
export const replyKey = (mailboxId: string, threadId: string) => `reply ${mailboxId} ${threadId}`;
export const forwardKey = (mailboxId: string, threadId: string) =>
  `forward ${mailboxId} ${threadId}`;
