import '../../texts/stops';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTexts } from '../../texts/context';
import { getNotices, mendOwn } from './calls';
import { StopAlert } from './stop-alert';

// The communication preferences tell of them.
const NOTICES = ['notices'];

/** One's own addresses that no mail reaches (NOT-4), on the profile and among the communication preferences. */
export function OwnStops() {
  const { t, instant } = useTexts();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: NOTICES, queryFn: ({ signal }) => getNotices(signal) });
  const stopped = data?.stopped ?? [];
  return (
    <>
      {stopped.map(({ address, reason, since }) => (
        <StopAlert
          key={address}
          heading={t('stops.own.heading', { email: address })}
          of={address}
          mend={async () => {
            await mendOwn(address);
            await client.refetchQueries({ queryKey: NOTICES });
          }}
          done={t('stops.own.tried', { email: address })}
        >
          <p className="p-flat">{t(`stops.own.${reason}`, { since: instant(since) })}</p>
        </StopAlert>
      ))}
    </>
  );
}
