import '../../styles/users.css';
import '../../styles/staff.css';
import '../../styles/overview.css';
import '../../styles/enrollment.css';
import '../../texts/enrollment';
import '../../texts/overview';
import '../../texts/staff';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { CreateOrganizationPage } from '../organizations/create-organization-page';
import { EditOrganizationPage } from '../organizations/edit-organization-page';
import { ImportOrganizationsPage } from '../organizations/import-page';
import { OrganizationPage } from '../organizations/organization-page';
import { OrganizationsPage } from '../organizations/organizations-page';
import { WavePage } from '../waves/wave-page';
import { WavesPage } from '../waves/waves-page';
import { OnboardingPage } from './onboarding-page';
import { IMPORT_ORGANIZATIONS, NEW_ORGANIZATION, ONBOARDING, ORGANIZATIONS, WAVES } from './paths';
import { enrolls } from './who';

const LISTS = [
  [ORGANIZATIONS, OrganizationsPage],
  [NEW_ORGANIZATION, CreateOrganizationPage],
  [IMPORT_ORGANIZATIONS, ImportOrganizationsPage],
  [ONBOARDING, OnboardingPage],
  [WAVES, WavesPage],
] as const;

const ONES = [
  [`${ORGANIZATIONS}/:id`, OrganizationPage],
  [`${ORGANIZATIONS}/:id/edit`, EditOrganizationPage],
  [`${WAVES}/:id`, WavePage],
] as const;

/** Practices, how far they are, and waves, for enrollment only (ORG-1, ORG-2); loaded when one of its pages is opened. */
export function EnrollmentRoutes() {
  const session = useSession();
  if (!enrolls(session)) return <NotFound />;
  return (
    <Switch>
      {LISTS.map(([path, Shown]) => (
        <Route key={path} path={path}>
          <ErrorBoundary key={path}>
            <Shown />
          </ErrorBoundary>
        </Route>
      ))}
      {ONES.map(([path, Shown]) => (
        <Route key={path} path={path}>
          {({ id }) => (
            <ErrorBoundary key={`${path} ${id}`}>
              <Shown id={decodeURIComponent(id)} />
            </ErrorBoundary>
          )}
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
