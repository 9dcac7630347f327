import { useQuery, useQueryClient } from '@tanstack/react-query';
import { sessionStore } from '../../app/session-store';
import { getOwnSessions, getProfile } from './calls';
import type { Profile } from './types';

const PROFILE = ['profile'];
const SESSIONS = ['own sessions'];

export const useProfile = () =>
  useQuery({ queryKey: PROFILE, queryFn: ({ signal }) => getProfile(signal) });

export const useOwnSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => getOwnSessions(signal) });

/** The header greets by the new name, and the page speaks the new language. */
function showInShell({ name, language }: Profile) {
  const state = sessionStore.get();
  if (state.status !== 'in') return;
  const user = { ...state.session.user, name, language };
  sessionStore.set({ status: 'in', session: { ...state.session, user } });
}

/** To be told of what a change answered; without an answer the profile is read anew. */
export function useProfileChanged() {
  const client = useQueryClient();
  return (after?: Profile) => {
    if (after) {
      client.setQueryData(PROFILE, after);
      showInShell(after);
    } else void client.invalidateQueries({ queryKey: PROFILE });
  };
}

export function useSessionsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SESSIONS });
}
