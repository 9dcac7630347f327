import type { Party, Recipient } from '../../api/types';
import type { UploadRow } from '../attachments/upload-row';
import { Store } from '../../app/store';

export type ChosenRecipient = Pick<Recipient, 'id' | 'kind' | 'name'> | Party;

export interface Draft {
  to: ChosenRecipient[];
  cc: ChosenRecipient[];
  subject: string;
  text: string;
  urgent: boolean;
  all: boolean;
  files: UploadRow[];
  /** The key of the last try to send and the content it was for (MSG-7). */
  attempt: { content: string; key: string } | null;
}

export const EMPTY: Draft = {
  to: [],
  cc: [],
  subject: '',
  text: '',
  urgent: false,
  all: false,
  files: [],
  attempt: null,
};

export function isEmpty(draft: Draft): boolean {
  return (
    draft.to.length + draft.cc.length + draft.files.length === 0 &&
    draft.subject.trim() === '' &&
    draft.text.trim() === ''
  );
}

/** One key per content: the same while it is retried, a new one as soon as anything in it changed (MSG-7). */
export function attemptFor(draft: Draft, content: string, newKey: () => string) {
  return draft.attempt?.content === content ? draft.attempt : { content, key: newKey() };
}

/**
 * Unsent work, in this page's memory only: it outlives the end of the session (CRD-8) but neither a reload,
 * nor signing out, nor another person's signing in.
 */
class Drafts {
  private readonly store = new Store<ReadonlyMap<string, Draft>>(new Map());
  private owner: string | null = null;
  readonly subscribe = this.store.subscribe;
  /** Called for each draft that is dropped, so that its uploads can stop. */
  onDrop: (draft: Draft) => void = () => undefined;

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
}

export const drafts = new Drafts();

export const newKey = (mailboxId: string) => `new ${mailboxId}`;
export const replyKey = (mailboxId: string, threadId: string) => `reply ${mailboxId} ${threadId}`;
