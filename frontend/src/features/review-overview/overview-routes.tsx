import '../../styles/users.css';
import '../../styles/staff.css';
import '../../styles/overview.css';
import '../../texts/overview';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { AdministratorsPage } from './administrators-page';
import { OverviewPage } from './overview-page';
import { ADMINISTRATORS, OVERVIEW, SUSPECT } from './paths';
import { SuspectPage } from './suspect-page';
import { oversees, standsIn } from './who';

/** The plan's side of access reviews; loaded when one of its pages is opened. */
export function OverviewRoutes() {
  const session = useSession();
  if (!oversees(session)) return <NotFound />;
  return (
    <Switch>
      <Route path={OVERVIEW}>
        <ErrorBoundary key="practices">
          <OverviewPage />
        </ErrorBoundary>
      </Route>
      <Route path={SUSPECT}>
        <ErrorBoundary key="suspect">
          <SuspectPage />
        </ErrorBoundary>
      </Route>
      {standsIn(session) && (
        <Route path={ADMINISTRATORS}>
          <ErrorBoundary key="administrators">
            <AdministratorsPage />
          </ErrorBoundary>
        </Route>
      )}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
