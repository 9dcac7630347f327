import { useQuery, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { sessionStore } from '../../app/session-store';
import { getOwnSessions, getProfile } from './calls';
import type { Profile } from './types';

const PROFILE = ['profile'];
const SESSIONS = ['own sessions'];

export const useProfile = () =>
  useQuery({ queryKey: PROFILE, queryFn: ({ signal }) => getProfile(signal) });

export const useOwnSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => getOwnSessions(signal) });

/** The header greets by the new name, the page speaks the new language, and a proof asks for a code or not (S-SESS-10). */
export function showInShell({ name, language, factor: enrolled }: Profile) {
  const state = sessionStore.get();
  if (state.status !== 'in') return;
  const { user } = state.session;
  const factor = enrolled !== null;
  const same = [user.name === name, user.language === language, state.session.factor === factor];
  if (!same.includes(false)) return;
  const session = { ...state.session, factor, user: { ...user, name, language } };
  sessionStore.set({ status: 'in', session });
}

/** To be told of what a change answered; without an answer the profile is read anew. */
export function useProfileChanged() {
  const client = useQueryClient();
  return (after?: Profile) => {
    if (after) showAnswer(client, PROFILE, after);
    else void client.invalidateQueries({ queryKey: PROFILE });
  };
}

export function useSessionsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SESSIONS });
}
