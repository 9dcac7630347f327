import '../../texts/stops';
import { useTexts } from '../../texts/context';
import type { Member } from '../users/types';
import { StopAlert } from './stop-alert';

interface Props {
  name: string;
  stop: NonNullable<Member['address_stopped']>;
  mend: () => Promise<unknown>;
}

/** On the page of somebody whom no mail reaches: for those who administer them (NOT-4). */
export function AccountStop({ name, stop, mend }: Props) {
  const { t, instant } = useTexts();
  return (
    <StopAlert
      heading={t('stops.heading', { name })}
      of={name}
      mend={mend}
      done={t('stops.tried', { name })}
    >
      <p className="p-flat">{t(`stops.${stop.reason}`, { since: instant(stop.since) })}</p>
    </StopAlert>
  );
}
