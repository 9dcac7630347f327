import {
  createSession,
  deleteSession,
  getMemberships,
  getSession,
  putSessionMembership,
} from '../api/calls';
import { clientHooks, problemOf } from '../api/client';
import type { OwnMembership, Problem, Session } from '../api/types';
import { drafts } from '../features/compose/draft-store';
import { keptEdits } from './kept-edits';
import { queryClient } from './query';
import { countsAsUse } from './session-activity';
import { newer, readingOf, secondsLeft } from './session-clock';
import type { Reading } from './session-clock';
import { Store } from './store';

export type SessionState =
  | { status: 'starting' }
  | { status: 'failed'; problem: Problem }
  | { status: 'out'; because: 'none' | 'ended' | 'signed_out' }
  | { status: 'in'; session: Session }
  /** The membership that was open is lost; the session lives, and these may be opened (ACC-8). */
  | { status: 'lost'; others: OwnMembership[] };

type TabNews =
  | { type: 'reading'; reading: Reading; background: boolean }
  | { type: 'ended' }
  | { type: 'signed_out' }
  | { type: 'signed_in' }
  | { type: 'switched' };

export const sessionStore = new Store<SessionState>({ status: 'starting' });
export const readingStore = new Store<Reading | null>(null);
/** When this person last used the portal, in any tab, as far as the portal knows; milliseconds since the epoch. */
let lastUse = 0;

// All tabs share the cookie, so they share the countdown and the end too.
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('portico.session');
const tell = (news: TabNews) => channel?.postMessage(news);

function takeReading(reading: Reading) {
  const current = readingStore.get();
  const next = newer(current, reading);
  if (next !== current) readingStore.set(next);
  return next === reading;
}

function enter(session: Session) {
  takeReading(readingOf(session.seconds_left, Date.now(), Date.now()));
  // Unsaved work waits for the person who wrote it and for nobody else (CRD-8), and it belongs to the
  // organization that it was written in (ACC-8).
  const who = drafts.handTo(`${session.user.id} ${session.membership?.id ?? ''}`);
  if (who !== 'same') {
    keptEdits.clear();
    forgetAnswers();
  }
  // The open page belongs to the former person: the new one starts at Home.
  if (who === 'other') goHome();
  sessionStore.set({ status: 'in', session });
}

function forgetAnswers() {
  // The plan's public data stays; the footer shows it on the sign-in page too.
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'plan' });
}

function goHome() {
  window.history.replaceState(null, '', '/');
}

/** Leaves nothing of what was read in this page's memory, except unsaved work after an end by time. */
function leave(because: 'ended' | 'signed_out') {
  const state = sessionStore.get();
  before = because === 'ended' && state.status === 'in' ? state.session : null;
  if (because === 'signed_out') {
    drafts.clear();
    keptEdits.clear();
  }
  readingStore.set(null);
  sessionStore.set({ status: 'out', because });
  // After an end by time the address stays, so that signing in leads back to the same page.
  if (because === 'signed_out') goHome();
  forgetAnswers();
}

function end() {
  const { status } = sessionStore.get();
  if (status === 'in' || status === 'lost') {
    leave('ended');
    tell({ type: 'ended' });
  }
}

/** What the portal says of this browser's session decides what is shown. */
export async function startSession(background = false) {
  try {
    enter(await getSession(background));
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'membership_lost') await offerOthers();
    else if (problem.status !== 401) sessionStore.set({ status: 'failed', problem });
    else if (sessionStore.get().status !== 'out') {
      sessionStore.set({ status: 'out', because: 'none' });
    }
  }
}

async function offerOthers() {
  try {
    const { items } = await getMemberships();
    forgetWork();
    sessionStore.set({ status: 'lost', others: items.filter(({ status }) => status === 'active') });
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 401) leave('ended');
    else sessionStore.set({ status: 'failed', problem });
  }
}

/** Everything of the membership that was open goes from this page's memory (ACC-8). */
function forgetWork() {
  drafts.clear();
  keptEdits.clear();
  forgetAnswers();
  goHome();
}

/** Opens another organization of the same person, here and in the other tabs (ACC-8). */
export async function openMembership(id: string) {
  const session = await putSessionMembership(id);
  forgetWork();
  enter(session);
  tell({ type: 'switched' });
}

/** Who was in before the session ended by time: the same person comes back to the same organization. */
let before: Session | null = null;

async function asBefore(session: Session): Promise<Session> {
  const meant = before?.user.id === session.user.id ? before.membership?.id : null;
  if (!meant || !session.membership || session.membership.id === meant) return session;
  // Lost meanwhile, or the portal is out of reach: then what signing in opened is right.
  return putSessionMembership(meant).catch(() => session);
}

export async function signIn(email: string, password: string) {
  const session = await asBefore(await createSession(email, password));
  before = null;
  enter(session);
  tell({ type: 'signed_in' });
}

export async function signOut() {
  try {
    await deleteSession();
  } catch (error) {
    // An ended session is what we want; anything else is for the person to know.
    if (problemOf(error).status !== 401) throw error;
  }
  leave('signed_out');
  tell({ type: 'signed_out' });
}

/** "Stay signed in": an ordinary look at the session extends it. */
export async function staySignedIn() {
  const session = await getSession();
  takeReading(readingOf(session.seconds_left, Date.now(), Date.now()));
}

/** Called for whatever a person does in the page: writing for an hour is use of the portal too (CRD-8). */
export function noteActivity() {
  const state = sessionStore.get();
  const reading = readingStore.get();
  if (state.status !== 'in' || !reading) return;
  const now = Date.now();
  const left = secondsLeft(reading, now);
  const { warning_seconds } = state.session;
  if (!countsAsUse({ now, lastUse, left, warning_seconds, hidden: document.hidden })) return;
  lastUse = now;
  // Out of reach: the next minute's activity tries again. Ended: the client has told so already.
  staySignedIn().catch(() => undefined);
}

/** At zero the server is asked once more, because another browser window may have extended the session. */
export async function confirmEnd() {
  try {
    const session = await getSession(true);
    takeReading(readingOf(session.seconds_left, Date.now(), Date.now()));
    if (session.seconds_left <= 0) end();
  } catch {
    end();
  }
}

let looking = false;

/** Looks once, however many calls were refused at the same time. */
function lookAnew() {
  if (looking || sessionStore.get().status !== 'in') return;
  looking = true;
  void startSession().finally(() => {
    looking = false;
  });
}

clientHooks.onSignedOut = end;
clientHooks.onMembershipChanged = lookAnew;
clientHooks.membership = () => {
  const state = sessionStore.get();
  return state.status === 'in' ? (state.session.membership?.id ?? null) : null;
};
clientHooks.onSessionSeconds = ({ seconds, startedAt, background }) => {
  const reading = readingOf(seconds, startedAt, Date.now());
  if (!background) lastUse = Math.max(lastUse, startedAt);
  if (takeReading(reading)) tell({ type: 'reading', reading, background });
};

channel?.addEventListener('message', (event: MessageEvent<TabNews>) => {
  const news = event.data;
  const { status } = sessionStore.get();
  if (news.type === 'reading') {
    if (status !== 'in') return;
    if (!news.background) lastUse = Math.max(lastUse, news.reading.startedAt);
    takeReading(news.reading);
  } else if (news.type === 'signed_in' || news.type === 'switched') {
    void startSession(true);
  } else if (status === 'in' || status === 'lost') {
    leave(news.type);
  }
});
