import '../../texts/stops';
import { useQueryClient } from '@tanstack/react-query';
import { useTexts } from '../../texts/context';
import { useNotices } from '../notices/queries';
import { mendOwn } from './calls';
import { StopAlert } from './stop-alert';

/** One's own addresses that no mail reaches (NOT-4), on the profile and among the communication preferences. */
export function OwnStops() {
  const { t, instant } = useTexts();
  const client = useQueryClient();
  const stopped = useNotices().data?.stopped ?? [];
  return (
    <>
      {stopped.map(({ address, reason, since }) => (
        <StopAlert
          key={address}
          heading={t('stops.own.heading', { email: address })}
          of={address}
          mend={async () => {
            await mendOwn(address);
            await client.refetchQueries({ queryKey: ['notices'] });
          }}
          done={t('stops.own.tried', { email: address })}
        >
          <p className="p-flat">{t(`stops.own.${reason}`, { since: instant(since) })}</p>
        </StopAlert>
      ))}
    </>
  );
}
