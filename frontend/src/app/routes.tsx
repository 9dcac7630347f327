import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { HomePage } from '../features/home/home-page';
import { boxOf } from '../features/messages/paths';
import { Loading } from '../ui/loading';
import { ErrorBoundary } from './error-boundary';
import { NotFound } from './not-found';

// Each part comes when it is opened: signing in must be fast on a slow network. Messages are what most people open, so
// they come as soon as nothing else is to be loaded, or at once where the address asks for them.
const loadMessages = () => import('../features/messages/messages-pages');
if (window.location.pathname.startsWith('/messages')) void loadMessages();
const MessagesIndex = lazy(() =>
  loadMessages().then((module) => ({ default: module.MessagesIndex })),
);
const BoxPage = lazy(() => loadMessages().then((module) => ({ default: module.BoxPage })));
const ThreadPage = lazy(() => loadMessages().then((module) => ({ default: module.ThreadPage })));

const ComposePage = lazy(() =>
  import('../features/compose/compose-page').then((module) => ({ default: module.ComposePage })),
);
const DraftsPage = lazy(() =>
  import('../features/drafts/drafts-page').then((module) => ({ default: module.DraftsPage })),
);

const HelpPage = lazy(() =>
  import('../features/help/help-page').then((module) => ({ default: module.HelpPage })),
);
const UsersRoutes = lazy(() =>
  import('../features/users/users-routes').then((module) => ({ default: module.UsersRoutes })),
);

const StaffRoutes = lazy(() =>
  import('../features/staff/staff-routes').then((module) => ({ default: module.StaffRoutes })),
);

const FeaturePage = lazy(() =>
  import('../features/access/feature-page').then((module) => ({ default: module.FeaturePage })),
);

const WorkPage = lazy(() =>
  import('../features/work/work-page').then((module) => ({ default: module.WorkPage })),
);

const ProfilePage = lazy(() =>
  import('../features/profile/profile-page').then((module) => ({ default: module.ProfilePage })),
);

const HelpdeskRoutes = lazy(() =>
  import('../features/helpdesk/helpdesk-routes').then((module) => ({
    default: module.HelpdeskRoutes,
  })),
);

const DeskPage = lazy(() =>
  import('../features/desk/desk-page').then((module) => ({ default: module.DeskPage })),
);

const DepartmentsPage = lazy(() =>
  import('../features/departments/departments-page').then((module) => ({
    default: module.DepartmentsPage,
  })),
);

const ReportsPage = lazy(() =>
  import('../features/misdirected/reports-page').then((module) => ({
    default: module.ReportsPage,
  })),
);

/** A key per page makes each a fresh one, so its heading takes the focus; a fault in one ends with it. */
export function AppRoutes() {
  useEffect(() => {
    const timer = window.setTimeout(() => void loadMessages(), 1000);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Switch>
      <Route path="/">
        <ErrorBoundary key="home">
          <HomePage />
        </ErrorBoundary>
      </Route>
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/help">
        <ErrorBoundary key="help">
          <Suspense fallback={<Loading />}>
            <HelpPage />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/work">
        <ErrorBoundary key="work">
          <Suspense fallback={<Loading />}>
            <WorkPage />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/messages">
        <ErrorBoundary key="messages">
          <Suspense fallback={<Loading />}>
            <MessagesIndex />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/messages/:mailbox/new/:draft?">
        {({ mailbox, draft }) => (
          <ErrorBoundary key={`new ${mailbox}`}>
            <Suspense fallback={<Loading />}>
              <ComposePage mailboxId={mailbox} draftId={draft} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Route>
      <Route path="/messages/:mailbox/drafts">
        {({ mailbox }) => (
          <ErrorBoundary key={`drafts ${mailbox}`}>
            <Suspense fallback={<Loading />}>
              <DraftsPage mailboxId={mailbox} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Route>
      <Route path="/messages/:mailbox/conversations">
        {({ mailbox }) => (
          <ErrorBoundary key={`conversations ${mailbox}`}>
            <Suspense fallback={<Loading />}>
              <DeskPage mailboxId={mailbox} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Route>
      <Route path="/messages/:mailbox/:box">
        {({ mailbox, box }) => {
          const name = boxOf(box);
          if (!name) return <NotFound />;
          return (
            <ErrorBoundary key={`${mailbox} ${name}`}>
              <Suspense fallback={<Loading />}>
                <BoxPage mailboxId={mailbox} box={name} />
              </Suspense>
            </ErrorBoundary>
          );
        }}
      </Route>
      <Route path="/messages/:mailbox/:box/:thread">
        {({ mailbox, box, thread }) => {
          const name = boxOf(box);
          if (!name) return <NotFound />;
          return (
            <ErrorBoundary key={`${mailbox} ${name} ${thread}`}>
              <Suspense fallback={<Loading />}>
                <ThreadPage mailboxId={mailbox} box={name} threadId={thread} />
              </Suspense>
            </ErrorBoundary>
          );
        }}
      </Route>
      <Route path="/profile">
        <ErrorBoundary key="profile">
          <Suspense fallback={<Loading />}>
            <ProfilePage />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/helpdesk/*?">
        <ErrorBoundary key="helpdesk">
          <Suspense fallback={<Loading />}>
            <HelpdeskRoutes side="helpdesk" />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/reset-cases/*?">
        <ErrorBoundary key="reset cases">
          <Suspense fallback={<Loading />}>
            <HelpdeskRoutes side="confirming" />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/staff/*?">
        <ErrorBoundary key="staff">
          <Suspense fallback={<Loading />}>
            <StaffRoutes />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/departments">
        <ErrorBoundary key="departments">
          <Suspense fallback={<Loading />}>
            <DepartmentsPage />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/misdirected">
        <ErrorBoundary key="misdirected">
          <Suspense fallback={<Loading />}>
            <ReportsPage />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route path="/features/:level">
        {({ level }) => (
          <ErrorBoundary key={`feature ${level}`}>
            <Suspense fallback={<Loading />}>
              <FeaturePage name={level} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Route>
      <Route path="/users/*?">
        <ErrorBoundary key="users">
          <Suspense fallback={<Loading />}>
            <UsersRoutes />
          </Suspense>
        </ErrorBoundary>
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
