import {
  createSession,
  deleteSession,
  getMemberships,
  getSession,
  putSessionMembership,
} from '../api/calls';
import { clientHooks, problemOf } from '../api/client';
import type { OwnMembership, Problem, Session, Stage } from '../api/types';
import { drafts } from '../features/compose/draft-store';
import { flash } from './announcer';
import { keptEdits } from './kept-edits';
import { queryClient } from './query';
import { countsAsUse } from './session-activity';
import { newer, readingOf, secondsLeft } from './session-clock';
import type { Reading } from './session-clock';
import { hearTabs, tellTabs as tell } from './session-tabs';
import { Store } from './store';

/** `displaced`: a sign-in elsewhere ended the oldest of too many sessions, this one (ACC-10). */
export type Because = 'none' | 'ended' | 'signed_out' | 'displaced';

export type SessionState =
  | { status: 'starting' }
  | { status: 'failed'; problem: Problem }
  | { status: 'out'; because: Because }
  /** The password was right; something is still to be done before anything opens. After a reload nobody says who. */
  | { status: 'stage'; stage: Stage; user: Session['user'] | null }
  | { status: 'in'; session: Session }
  /** The membership that was open is lost; the session lives, and these may be opened (ACC-8). */
  | { status: 'lost'; others: OwnMembership[] };

export const sessionStore = new Store<SessionState>({ status: 'starting' });
export const readingStore = new Store<Reading | null>(null);
/** Is the person still to be told that this sign-in ended another session of theirs (ACC-10)? */
export const displacedAnother = new Store<boolean>(false);
/** When this person last used the portal, in any tab, as far as the portal knows; milliseconds since the epoch. */
let lastUse = 0;

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
    // While the page starts there is nothing of anybody else's, only what was asked for early in this session.
    if (sessionStore.get().status !== 'starting') forgetAnswers();
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

/** Leaves nothing of what was read in this page's memory, except unsaved work where the person did not sign out. */
function leave(because: 'ended' | 'signed_out' | 'displaced') {
  const state = sessionStore.get();
  if (state.status === 'in') before = state.session;
  if (because === 'signed_out') {
    before = null;
    drafts.clear();
    keptEdits.clear();
  }
  readingStore.set(null);
  displacedAnother.set(false);
  sessionStore.set({ status: 'out', because });
  // After an end by time the address stays, so that signing in leads back to the same page.
  if (because === 'signed_out') goHome();
  forgetAnswers();
}

const isOpen = () => ['in', 'lost', 'stage'].includes(sessionStore.get().status);

function end(because: 'ended' | 'displaced' = 'ended') {
  if (!isOpen()) return;
  leave(because);
  tell({ type: because });
}

const STAGES: Readonly<Record<string, Stage>> = {
  factor_required: 'factor',
  password_expired: 'password',
  enrollment_required: 'enroll',
};

/** What the portal says of this browser's session decides what is shown. */
export async function startSession(background = false) {
  try {
    const session: Session = await getSession(background);
    if (session.stage) halt(session.stage, session.user);
    else enter(session);
  } catch (error) {
    const problem = problemOf(error);
    const stage = STAGES[problem.code];
    if (stage) halt(stage, null);
    else if (problem.code === 'membership_lost') await offerOthers();
    else if (problem.status !== 401) sessionStore.set({ status: 'failed', problem });
    else if (sessionStore.get().status !== 'out') {
      const displaced = problem.code === 'session_displaced';
      sessionStore.set({ status: 'out', because: displaced ? 'displaced' : 'none' });
    }
  }
}

/** Nothing opens before this is done; unsaved work waits for who wrote it. */
function halt(stage: Stage, user: Session['user'] | null) {
  const state = sessionStore.get();
  if (state.status === 'in') {
    before = state.session;
    forgetAnswers();
  }
  readingStore.set(null);
  const known = state.status === 'stage' ? state.user : null;
  sessionStore.set({ status: 'stage', stage, user: user ?? known });
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

/** Goes where an answer to signing in, or to a stage of it, leads: to the next stage or in. */
export async function arrive(session: Session) {
  if (session.stage) {
    halt(session.stage, session.user);
    return;
  }
  const opened = await asBefore(session);
  before = null;
  displacedAnother.set(session.displaced_another === true);
  enter(opened);
  tell({ type: 'signed_in' });
}

export const signIn = async (email: string, password: string) =>
  arrive(await createSession(email, password));

/** A stage was finished in another way than by an answer that carries the session. */
export async function passStage() {
  await startSession();
  if (sessionStore.get().status === 'in') tell({ type: 'signed_in' });
}

/** Back to the sign-in page; unsaved work still waits for who wrote it. */
export async function giveUpStage() {
  await deleteSession().catch(() => undefined);
  sessionStore.set({ status: 'out', because: 'none' });
}

export async function signOut() {
  await drafts.keepAll();
  try {
    await deleteSession();
  } catch (error) {
    // An ended session is what we want; anything else is for the person to know.
    if (problemOf(error).status !== 401) throw error;
  }
  leave('signed_out');
  flash.clear();
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
  if (looking || !['in', 'stage'].includes(sessionStore.get().status)) return;
  looking = true;
  void startSession().finally(() => {
    looking = false;
  });
}

clientHooks.onSignedOut = end;
clientHooks.onPlaceChanged = lookAnew;
clientHooks.membership = () => {
  const state = sessionStore.get();
  return state.status === 'in' ? (state.session.membership?.id ?? null) : null;
};
clientHooks.onSessionSeconds = ({ seconds, startedAt, background }) => {
  const reading = readingOf(seconds, startedAt, Date.now());
  if (!background) lastUse = Math.max(lastUse, startedAt);
  if (takeReading(reading)) tell({ type: 'reading', reading, background });
};

hearTabs((news) => {
  const { status } = sessionStore.get();
  if (news.type === 'reading') {
    if (status !== 'in') return;
    if (!news.background) lastUse = Math.max(lastUse, news.reading.startedAt);
    takeReading(news.reading);
  } else if (news.type === 'signed_in' || news.type === 'switched') {
    void startSession(true);
  } else if (isOpen()) {
    leave(news.type);
  }
});
