import '../../styles/users.css';
import '../../styles/profile.css';
import '../../texts/helpdesk';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import type { Side } from './calls';
import { CasePage } from './case-page';
import { HelpdeskPage } from './helpdesk-page';
import { HELPDESK, RESETS } from './paths';
import { ResetsPage } from './resets-page';
import { confirms } from './who';

function useOpenTo(side: Side): boolean {
  const session = useSession();
  if (side === 'confirming') return confirms(session);
  return session.staff?.roles.includes('helpdesk') ?? false;
}

/** The helpdesk's own cases, and those that somebody is asked to confirm (CRD-5); loaded when one is opened. */
export function HelpdeskRoutes({ side }: { side: Side }) {
  const open = useOpenTo(side);
  if (!open) return <NotFound />;
  const base = side === 'helpdesk' ? HELPDESK : RESETS;
  return (
    <Switch>
      <Route path={base}>
        <ErrorBoundary key={base}>
          {side === 'helpdesk' ? <HelpdeskPage /> : <ResetsPage />}
        </ErrorBoundary>
      </Route>
      <Route path={`${base}/:id`}>
        {({ id }) => (
          <ErrorBoundary key={`${base} ${id}`}>
            <CasePage side={side} id={decodeURIComponent(id)} />
          </ErrorBoundary>
        )}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
