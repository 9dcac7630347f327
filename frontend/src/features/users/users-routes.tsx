import '../../styles/users.css';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { CreateUserPage } from './create-user-page';
import { ImportPage } from './import-page';
import { ADMINISTRATORS, IMPORT, NEW_USER } from './paths';
import { RosterPage } from './roster-page';
import { UpdateUserPage } from './update-user-page';
import { UsersPage } from './users-page';

/** User Management, for administrators only (ACC-3); loaded when one of its pages is opened. */
export function UsersRoutes() {
  const { membership } = useSession();
  if (!membership || membership.role === 'general_user') return <NotFound />;
  return (
    <Switch>
      <Route path="/users">
        <ErrorBoundary key="users">
          <UsersPage />
        </ErrorBoundary>
      </Route>
      <Route path={NEW_USER}>
        <ErrorBoundary key="new user">
          <CreateUserPage />
        </ErrorBoundary>
      </Route>
      <Route path={ADMINISTRATORS}>
        <ErrorBoundary key="administrators">
          <RosterPage />
        </ErrorBoundary>
      </Route>
      <Route path={IMPORT}>
        <ErrorBoundary key="import">
          <ImportPage />
        </ErrorBoundary>
      </Route>
      <Route path="/users/:id">
        {({ id }) => (
          <ErrorBoundary key={`user ${id}`}>
            <UpdateUserPage id={decodeURIComponent(id)} />
          </ErrorBoundary>
        )}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
