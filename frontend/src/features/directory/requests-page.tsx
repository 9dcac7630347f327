import '../../styles/phases.css';
import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/directory';
import '../../texts/messages';
import '../../texts/users';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { NEW_ORGANIZATION, organizationPath } from '../enrollment/paths';
import { FinalButton } from '../helpdesk/final-dialog';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { NEW_USER } from '../users/paths';
import { getDirectoryRequests, settleDirectoryRequest } from './calls';
import type { DirectoryRequest } from './types';
import { answers } from './who';

interface CardProps {
  request: DirectoryRequest;
  ofPlan: boolean;
  onSettled: () => void;
}

function RequestCard({ request, ofPlan, onSettled }: CardProps) {
  const { t, instant } = useTexts();
  const { id, name, email, phone, note, tin, organization } = request;
  return (
    <li className="p-card" aria-labelledby={`request-${id}`}>
      <h2 id={`request-${id}`} className="ds-text-heading--lg p-flat">
        {name}
      </h2>
      <dl className="p-facts p-user-facts">
        <dt>{t('directory.requests.phone')}</dt>
        <dd>
          <a className="p-nowrap" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
            {phone}
          </a>
        </dd>
        <dt>{t('directory.requests.email')}</dt>
        <dd className="p-directory__email">
          <a href={`mailto:${email}`}>{email}</a>
        </dd>
        {ofPlan && (
          <>
            <dt>{t('directory.requests.tin')}</dt>
            <dd>{tin}</dd>
            <dt>{t('directory.requests.practice')}</dt>
            <dd>
              {organization ? (
                <Link href={organizationPath(organization.id)}>{organization.name}</Link>
              ) : (
                t('directory.requests.unknown')
              )}
            </dd>
          </>
        )}
        <dt>{t('directory.requests.at')}</dt>
        <dd>{instant(request.requested_at)}</dd>
        <dt>{t('directory.requests.until')}</dt>
        <dd>{instant(request.ends_at)}</dd>
        {note && (
          <>
            <dt>{t('directory.requests.note')}</dt>
            <dd className="p-verbatim">{note}</dd>
          </>
        )}
      </dl>
      <div className="p-actions p-gap-top">
        <FinalButton
          label={t('directory.requests.settle')}
          heading={t('directory.requests.settleTitle', { name })}
          body={t('directory.requests.settleBody')}
          act={async () => {
            await settleDirectoryRequest(id);
            onSettled();
          }}
        />
        {!ofPlan && <Link href={NEW_USER}>{t('directory.requests.invite')}</Link>}
        {ofPlan && !organization && (
          <Link href={NEW_ORGANIZATION}>{t('directory.requests.create')}</Link>
        )}
      </div>
    </li>
  );
}

/** Who asked by the public directory and waits for an answer (ORG-6). */
export function DirectoryRequestsPage() {
  const { t } = useTexts();
  const session = useSession();
  const client = useQueryClient();
  const [stack, setStack] = useState<CursorStack>([]);
  const cursor = currentCursor(stack);
  const { data, error, refetch } = useQuery({
    queryKey: ['directory-requests', cursor],
    queryFn: ({ signal }) => getDirectoryRequests(cursor, signal),
    enabled: answers(session),
    refetchOnMount: 'always',
  });
  if (!answers(session)) return <NotFound />;
  const ofPlan = session.membership === null;
  const settled = ({ name }: DirectoryRequest) => {
    flash.here(t('directory.requests.settled', { name }));
    window.scrollTo(0, 0);
    setStack([]);
    void client.invalidateQueries({ queryKey: ['directory-requests'] });
    void client.invalidateQueries({ queryKey: ['attention'] });
  };
  return (
    <Page title={t('directory.requests.title')}>
      <p className="p-lead">
        {t(ofPlan ? 'directory.requests.leadPlan' : 'directory.requests.leadPractice')}
      </p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">{t('directory.requests.none')}</p>
      )}
      <ul className="p-plain p-cards">
        {data?.items.map((request) => (
          <RequestCard
            key={request.id}
            request={request}
            ofPlan={ofPlan}
            onSettled={() => settled(request)}
          />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('directory.requests.pages')}
          stack={stack}
          next={data.next_cursor}
          onMove={setStack}
        />
      )}
    </Page>
  );
}
