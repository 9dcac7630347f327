import '../../styles/users.css';
import '../../styles/staff.css';
import '../../texts/staff';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { CreateStaffPage } from './create-staff-page';
import { NEW_STAFF, STAFF } from './paths';
import { StaffAccountPage } from './staff-account-page';
import { StaffPage } from './staff-page';

/** Staff accounts, for plan administrators only (ACC-11); loaded when one of its pages is opened. */
export function StaffRoutes() {
  const { staff } = useSession();
  if (!staff?.roles.includes('plan_administrator')) return <NotFound />;
  return (
    <Switch>
      <Route path={STAFF}>
        <ErrorBoundary key="staff">
          <StaffPage />
        </ErrorBoundary>
      </Route>
      <Route path={NEW_STAFF}>
        <ErrorBoundary key="new staff">
          <CreateStaffPage />
        </ErrorBoundary>
      </Route>
      <Route path="/staff/:id">
        {({ id }) => (
          <ErrorBoundary key={`staff ${id}`}>
            <StaffAccountPage id={decodeURIComponent(id)} />
          </ErrorBoundary>
        )}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
