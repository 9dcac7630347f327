import { Alert } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { AccountStop } from '../stops/account-stop';
import { mendMember } from '../stops/calls';
import { AccessRequests } from './access-requests';
import { MemberAccount } from './member-account';
import { cameFrom } from './came-from';
import { left, settled } from './member-edit';
import type { MemberEdit } from './member-edit';
import { AccessFacts, MemberFacts } from './member-facts';
import { MemberForm } from './member-form';
import { MemberHistory } from './member-history';
import { readAttention, useMember } from './queries';
import type { Member } from './types';

const FINAL: readonly Member['status'][] = ['rejected', 'removed'];

function OpenMember({ member }: { member: Member }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const { edit = {}, latest, keep, drop } = useKeptEdit<MemberEdit>(`user ${member.id}`);
  const change = (next: MemberEdit | null) => {
    const unsaved = next && settled(member, next);
    if (unsaved) keep(unsaved);
    else drop();
  };
  const saved = (sent: MemberEdit, after: Member) => {
    const unsaved = left(member, sent, after, latest());
    if (unsaved) keep(unsaved);
    else drop();
  };
  const loadAnew = () =>
    void client.refetchQueries({ queryKey: ['users', 'member', member.id] }).then(() => {
      void client.invalidateQueries({ queryKey: ['users', 'history', member.id] });
      flash.here(t('users.update.loadedAnew'));
      window.scrollTo(0, 0);
      document.getElementById('user-access')?.focus({ preventScroll: true });
    });
  const readOnly = member.own || FINAL.includes(member.status);
  return (
    <Page
      title={t('users.update.title')}
      heading={t('users.update.heading', { name: member.name })}
      className="p-user-form"
    >
      {member.own && (
        <Alert heading={t('users.update.own')} headingLevel="2" role="region">
          <p className="p-flat">{t('users.update.ownBody')}</p>
        </Alert>
      )}
      {member.address_stopped && (
        <AccountStop
          name={member.name}
          stop={member.address_stopped}
          mend={async () => {
            await mendMember(member.id);
            await client.refetchQueries({ queryKey: ['users', 'member', member.id] });
            readAttention(client);
          }}
        />
      )}
      <MemberFacts member={member} />
      <AccessRequests member={member} />
      {readOnly ? (
        <AccessFacts member={member} id="user-access" />
      ) : (
        <>
          <MemberForm
            member={member}
            edit={edit}
            onEdit={change}
            onSaved={saved}
            onStale={loadAnew}
          />
          <div className="p-print-only">
            <AccessFacts member={member} id="printed-access" />
          </div>
        </>
      )}
      {!member.own && <MemberAccount member={member} onStale={loadAnew} />}
      <MemberHistory id={member.id} />
    </Page>
  );
}

/** Everything about one account (ACC-4). */
export function UpdateUserPage({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useMember(id);
  const from = cameFrom(useHistoryState());
  return (
    <>
      <p className="p-back p-no-print">
        <Link href={from.path} state={from.entry}>
          {t('users.back')}
        </Link>
      </p>
      {error && !data && (
        <Page title={t('users.update.title')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {!data && !error && <Loading />}
      {data && <OpenMember member={data} />}
    </>
  );
}
