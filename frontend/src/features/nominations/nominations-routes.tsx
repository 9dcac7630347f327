import '../../styles/users.css';
import '../../styles/staff.css';
import '../../styles/overview.css';
import '../../styles/nominations.css';
import '../../texts/enrollment';
import '../../texts/nominations';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { enrolls } from '../enrollment/who';
import { NominationPage } from './nomination-page';
import { NominationsPage } from './nominations-page';
import { NOMINATIONS, REQUESTS } from './paths';
import { RequestsPage } from './requests-page';

/** Nominations, for enrollment only (ORG-1); loaded when one of their pages is opened. */
export function NominationsRoutes() {
  const session = useSession();
  if (!enrolls(session)) return <NotFound />;
  return (
    <Switch>
      <Route path={NOMINATIONS}>
        <ErrorBoundary key="list">
          <NominationsPage />
        </ErrorBoundary>
      </Route>
      <Route path={REQUESTS}>
        <ErrorBoundary key="requests">
          <RequestsPage />
        </ErrorBoundary>
      </Route>
      <Route path={`${NOMINATIONS}/:organization/:id`}>
        {({ organization, id }) => (
          <ErrorBoundary key={`${organization} ${id}`}>
            <NominationPage
              organizationId={decodeURIComponent(organization)}
              id={decodeURIComponent(id)}
            />
          </ErrorBoundary>
        )}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
