import { useEffect, useState } from 'react';
import { useTexts } from '../../texts/context';
import { timeLeft } from './case-facts';
import type { CaseState, ResetCase } from './types';

const LIVE: readonly CaseState[] = ['open', 'confirmed', 'link_sent'];
export const isLive = ({ state }: ResetCase) => LIVE.includes(state);

/** Colors of the tags for accounts' statuses fit. */
const LOOKS: Record<CaseState, string> = {
  open: 'verification_pending',
  confirmed: 'unverified',
  link_sent: 'unverified',
  done: 'active',
  declined: 'disabled',
  withdrawn: '',
  expired: '',
};

export function StateTag({ state }: { state: CaseState }) {
  const { t } = useTexts();
  return <span className={`p-tag p-tag--${LOOKS[state]}`}>{t(`cases.state.${state}`)}</span>;
}

function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 60_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** When a case ends, and while it lives how long that is from now. */
export function TimeLeft({ found }: { found: ResetCase }) {
  const { t, instant } = useTexts();
  const now = useMinute();
  const params = { time: instant(found.ends_at), ...timeLeft(found.ends_at, now) };
  return <>{t(isLive(found) ? 'cases.endsIn' : 'cases.ended', params)}</>;
}
