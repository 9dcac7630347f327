import '../../texts/sharing';
import { Alert } from '@cmsgov/design-system';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { getOwnSharing } from './calls';
import { Reasons } from './reasons';

/** That one's own sign-in seems to be shared, and what to do about it; nothing is locked by it (ACC-10). */
export function OwnSharingNote() {
  const { t, instant } = useTexts();
  const practice = useSession().membership !== null;
  const { data } = useQuery({
    queryKey: ['sharing', 'own'],
    queryFn: ({ signal }) => getOwnSharing(signal),
  });
  const note = data?.note;
  if (!note) return null;
  return (
    <Alert
      variation="warn"
      role="region"
      heading={t('sharing.own')}
      headingLevel="2"
      className="p-no-print p-gap-top"
    >
      <p className="p-flat">{t('sharing.own.body', { since: instant(note.since) })}</p>
      <Reasons reasons={note.reasons} />
      <p className="p-flat">{t(practice ? 'sharing.own.practice' : 'sharing.own.plan')}</p>
      <p className="p-flat">
        {t('sharing.own.check')} {practice && note.administrators_know && t('sharing.own.known')}
      </p>
    </Alert>
  );
}
