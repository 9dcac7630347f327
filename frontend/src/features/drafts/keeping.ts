import { clientHooks, isTemporary, problemOf } from '../../api/client';
import { translate } from '../../texts';
import type { TextKey } from '../../texts';
import { lengthOf, MAX_SUBJECT, MAX_TEXT } from '../compose/check-draft';
import { contentOf, drafts, EMPTY, isEmpty, isSafe } from '../compose/draft-store';
import type { Draft, Trouble } from '../compose/draft-store';
import { deleteDraft, getDraft, postDraft, putDraft } from './calls';
import type { DraftBody } from './calls';
import { bodyOfDraft, draftOf, holds } from './shapes';
import type { About } from './shapes';

/** A draft is kept when nothing was typed for this long, or this long after the first change. */
export const PAUSE_MS = 2_000;
const LONGEST_MS = 10_000;
const AGAIN_MS = 10_000;

export interface Place {
  mailboxId: string;
  draftKey: string;
  about: About | null;
}

type Answer = { id: string; version: number; saved_at: string };

/** In the words of the form: the portal knows the number only. */
function tooLong({ subject, text }: Draft): string | null {
  const say = (key: TextKey, max: number) => translate(clientHooks.language, key, { max });
  if (lengthOf(subject) > MAX_SUBJECT) return say('compose.error.subjectLong', MAX_SUBJECT);
  return lengthOf(text) > MAX_TEXT ? say('compose.error.textLong', MAX_TEXT) : null;
}

/** Gives the portal a draft while it is written (MSG-2): one call at a time, the newest content last. */
export class Keeper {
  private readonly place: Place;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private changedSince: number | null = null;
  private seen = '';
  private running: Promise<boolean> | null = null;
  /** A draft that is being begun: the same words and key until the portal has answered. */
  private beginning: { content: string; body: DraftBody; key: string } | null = null;
  private held = false;

  constructor(place: Place) {
    this.place = place;
  }

  private get draft() {
    return drafts.get(this.place.draftKey);
  }

  private change(part: Partial<Draft>) {
    // One that was dropped meanwhile (sent, discarded, signed out) must not come back.
    if (this.draft === EMPTY) return;
    drafts.update(this.place.draftKey, (draft) => ({ ...draft, ...part }));
  }

  /** To be called after each change of the draft. */
  look() {
    const { draft } = this;
    const content = contentOf(draft);
    if (this.held || content === this.seen) return;
    this.seen = content;
    if (draft.trouble?.kind === 'failed') this.change({ trouble: null });
    if (draft.kept?.content === content || (isEmpty(draft) && !draft.kept)) return;
    const now = Date.now();
    this.changedSince ??= now;
    this.wait(Math.max(0, Math.min(PAUSE_MS, this.changedSince + LONGEST_MS - now)));
  }

  private wait(ms: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** While it is being sent nothing is kept, so that it is not begun anew after it went. */
  async hold(): Promise<void> {
    this.held = true;
    this.stop();
    await this.running;
  }

  release() {
    this.held = false;
    this.seen = '';
    this.look();
  }

  /** Keeps what is written now. Answers whether the portal has all of it. */
  async flush(): Promise<boolean> {
    this.stop();
    this.changedSince = null;
    for (;;) {
      if (this.running) await this.running;
      const { draft } = this;
      const done = draft.kept ? draft.kept.content === contentOf(draft) : isEmpty(draft);
      if (done || this.held) return isSafe(draft);
      if (draft.trouble && draft.trouble.kind !== 'failed') return false;
      this.running = this.keep(draft).finally(() => {
        this.running = null;
      });
      if (!(await this.running)) return false;
    }
  }

  private async keep(draft: Draft): Promise<boolean> {
    const { mailboxId, about } = this.place;
    const content = contentOf(draft);
    const body = bodyOfDraft(draft, about);
    const long = tooLong(draft);
    if (long) {
      this.trouble({ kind: 'failed', detail: long });
      return false;
    }
    try {
      if (draft.kept) {
        const { id, version } = draft.kept;
        this.note(await putDraft(mailboxId, id, version, body), content);
      } else {
        this.beginning ??= { content, body, key: crypto.randomUUID() };
        const begun = this.beginning;
        this.note(await postDraft(mailboxId, begun.body, begun.key), begun.content);
        this.beginning = null;
      }
      return true;
    } catch (error) {
      return this.explain(error, body, content);
    }
  }

  private note({ id, version, saved_at }: Answer, content: string) {
    this.change({ kept: { id, version, at: Date.parse(saved_at), content }, trouble: null });
  }

  private async explain(error: unknown, body: DraftBody, content: string): Promise<boolean> {
    const problem = problemOf(error);
    if (isTemporary(error)) this.wait(AGAIN_MS);
    else this.beginning = null;
    // It waits as it is until the person has signed in again (CRD-8).
    if (problem.code === 'signed_out') return false;
    const { kept } = this.draft;
    if (problem.status === 412 && kept) return this.compare(kept.id, body, content);
    if (problem.status === 404 && kept) this.trouble({ kind: 'gone' });
    else this.trouble({ kind: 'failed', detail: problem.errors?.[0]?.detail ?? problem.detail });
    return false;
  }

  private trouble(trouble: Trouble) {
    this.change({ trouble });
  }

  /** The portal has another version: our own, if only the answer got lost. */
  private async compare(id: string, body: DraftBody, content: string): Promise<boolean> {
    try {
      const view = await getDraft(this.place.mailboxId, id);
      if (holds(view, body)) {
        this.note(view, content);
        return true;
      }
      this.trouble({ kind: 'changed' });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === 404) this.trouble({ kind: 'gone' });
      else this.trouble({ kind: 'failed', detail: problem.detail });
    }
    return false;
  }

  /** Of two versions, the one that is written here: it replaces the other. */
  async insist(): Promise<void> {
    const { kept, trouble } = this.draft;
    if (!kept || trouble?.kind === 'gone') {
      this.change({ kept: null, trouble: null });
    } else {
      const { version } = await getDraft(this.place.mailboxId, kept.id);
      this.change({ kept: { ...kept, version, content: '' }, trouble: null });
    }
    await this.flush();
  }

  /** Of two versions, the one that is at the portal. */
  async giveWay(): Promise<void> {
    const { kept } = this.draft;
    if (!kept) return;
    const view = await getDraft(this.place.mailboxId, kept.id);
    drafts.update(this.place.draftKey, () => draftOf(view));
  }

  /** Leaves the page with it: kept at the portal, or thrown away where nothing is left of it. Answers whether. */
  async leave(): Promise<boolean> {
    const { draft } = this;
    if (isEmpty(draft)) {
      await this.discard();
      return true;
    }
    if (!(await this.flush())) return false;
    drafts.drop(this.place.draftKey);
    return true;
  }

  /** Throws it away, here and at the portal. */
  async discard(): Promise<void> {
    await this.hold();
    const id = this.draft.kept?.id;
    drafts.drop(this.place.draftKey);
    this.release();
    if (id) await forget(this.place.mailboxId, id);
  }
}

/** Throws a kept draft away; one that is gone already is gone. */
export async function forget(mailboxId: string, draftId: string): Promise<void> {
  try {
    await deleteDraft(mailboxId, draftId);
  } catch (error) {
    const { status } = problemOf(error);
    if (status !== 404 && status !== 409) throw error;
  }
}

const keepers = new Set<Keeper>();

/** Follows a draft while its page is open. */
export function follow(keeper: Keeper): () => void {
  keepers.add(keeper);
  const leave = drafts.subscribe(() => keeper.look());
  // A window that is put away may never be seen again.
  const hidden = () => {
    if (document.visibilityState === 'hidden') void keeper.flush();
  };
  document.addEventListener('visibilitychange', hidden);
  keeper.look();
  return () => {
    leave();
    document.removeEventListener('visibilitychange', hidden);
    keepers.delete(keeper);
    keeper.stop();
  };
}

drafts.keepAll = () => Promise.allSettled([...keepers].map((keeper) => keeper.flush()));
