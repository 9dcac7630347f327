import '../../styles/users.css';
import '../../styles/staff.css';
import '../../styles/overview.css';
import '../../styles/enrollment.css';
import '../../texts/enrollment';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { enrolls } from './who';

/** Practices, how far they are, and waves, for enrollment only (ORG-1, ORG-2); loaded when one of its pages is opened. */
export function EnrollmentRoutes() {
  const session = useSession();
  if (!enrolls(session)) return <NotFound />;
  return (
    <Switch>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
