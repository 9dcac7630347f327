import { useSession } from '../../app/session-context';
import { useMember } from './queries';

/** What the practice may grant, and its NPIs: told with each member, so one's own account knows them. */
export function useChoices() {
  const id = useSession().membership?.id ?? '';
  const own = useMember(id).data;
  return { entitlements: own?.entitlements ?? [], npis: own?.npis ?? [], loaded: Boolean(own) };
}
