import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { NEW_ORGANIZATION, organizationPath } from '../enrollment/paths';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { settleRequest } from './calls';
import { NOMINATIONS } from './paths';
import { useRequests, useRequestsChanged } from './queries';
import { requestedOrganization } from './requested';
import type { FormRequest } from './types';

interface CardProps {
  request: FormRequest;
  onSettle: () => void;
}

/** What somebody on the public page told: only ever text (S-IO-01). */
function RequestCard({ request, onSettle }: CardProps) {
  const { t, instant } = useTexts();
  const [, navigate] = useLocation();
  const { id, practice_name: practice, organization } = request;
  const create = () => {
    requestedOrganization.set({
      request_id: id,
      name: practice,
      tin: request.tin,
      npis: request.npis,
      executive_name: request.executive_name,
      executive_email: request.executive_email,
    });
    navigate(NEW_ORGANIZATION);
  };
  return (
    <li className="p-card" aria-labelledby={`request-${id}`}>
      <h2 id={`request-${id}`} className="ds-text-heading--lg p-flat">
        {practice}
      </h2>
      <p className="p-flat p-muted">
        {t('nominations.requests.askedAt', { time: instant(request.requested_at) })}
      </p>
      {organization && (
        <p className="p-strong">
          {t('nominations.requests.known')}{' '}
          <Link href={organizationPath(organization.id)}>{organization.name}</Link>
        </p>
      )}
      <dl className="p-facts p-user-facts">
        <dt>{t('nominations.form.tin')}</dt>
        <dd>{request.tin}</dd>
        <dt>{t('nominations.form.npis')}</dt>
        <dd>{request.npis.join(', ') || t('nominations.form.noNpis')}</dd>
        <dt>{t('nominations.form.executive')}</dt>
        <dd>
          {request.executive_name}
          <br />
          {request.executive_email}
        </dd>
        <dt>{t('nominations.requests.phone')}</dt>
        <dd>{request.phone}</dd>
        {request.note !== '' && (
          <>
            <dt>{t('nominations.requests.note')}</dt>
            <dd className="p-nomination__reason">{request.note}</dd>
          </>
        )}
      </dl>
      <div className="p-actions p-gap-top">
        {!organization && (
          <Button variation="solid" aria-describedby={`request-${id}`} onClick={create}>
            {t('nominations.requests.create')}
          </Button>
        )}
        <Button aria-describedby={`request-${id}`} onClick={onSettle}>
          {t('nominations.requests.dismiss')}
        </Button>
      </div>
    </li>
  );
}

interface SettleProps {
  request: FormRequest;
  onDone: () => void;
  onClose: () => void;
}

/** With the practice that has this TIN, where there is one. */
function Settle({ request, onDone, onClose }: SettleProps) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const settle = async () => {
    await settleRequest(request.id, request.organization?.id ?? null);
    onDone();
  };
  return (
    <>
      {problem && (
        <ProblemAlert
          problem={problem}
          heading={t('nominations.requests.settle.problem')}
          autoFocus
        />
      )}
      <p>{t('nominations.requests.settle.body')}</p>
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void act(settle)}>
          {t(busy ? 'nominations.requests.settle.busy' : 'nominations.requests.dismiss')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('nominations.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Practices that are not on the portal and ask for a form (ORG-1). */
export function RequestsPage() {
  const { t, tn } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const [settling, setSettling] = useState<FormRequest | null>(null);
  const changed = useRequestsChanged();
  const { data, error, refetch, isPlaceholderData } = useRequests(currentCursor(stack));
  return (
    <>
      <p className="p-back">
        <Link href={NOMINATIONS}>{t('nominations.back')}</Link>
      </p>
      <Page title={t('nominations.requests.title')}>
        <p className="p-lead">{t('nominations.requests.lead')}</p>
        {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
        {!data && !error && <Loading />}
        <p className="ds-u-visibility--screen-reader" role="status">
          {data && !isPlaceholderData && tn('nominations.requests.shown', data.items.length)}
        </p>
        {data?.items.length === 0 && (
          <p className="p-empty p-empty--alone">{t('nominations.requests.none')}</p>
        )}
        <ul className="p-plain p-nominations__list">
          {data?.items.map((request) => (
            <RequestCard key={request.id} request={request} onSettle={() => setSettling(request)} />
          ))}
        </ul>
        {data && (
          <StackPager
            label={t('nominations.requests.pages')}
            stack={stack}
            next={isPlaceholderData ? null : data.next_cursor}
            onMove={setStack}
          />
        )}
        <Dialog
          isOpen={settling !== null}
          onExit={() => setSettling(null)}
          heading={
            settling && t('nominations.requests.settle.title', { practice: settling.practice_name })
          }
          ariaCloseLabel={t('app.close')}
        >
          {settling && (
            <Settle
              request={settling}
              onDone={() => {
                setSettling(null);
                flash.here(t('nominations.requests.settle.done'));
                void changed();
                window.scrollTo(0, 0);
                // The button is gone.
                document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
              }}
              onClose={() => setSettling(null)}
            />
          )}
        </Dialog>
      </Page>
    </>
  );
}
