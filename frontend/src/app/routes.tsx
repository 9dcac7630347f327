import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { HomePage } from '../features/home/home-page';
import { BoxPage } from '../features/messages/box-page';
import { MessagesIndex } from '../features/messages/messages-index';
import { boxOf } from '../features/messages/paths';
import { ThreadPage } from '../features/messages/thread-page';
import { Loading } from '../ui/loading';
import { ErrorBoundary } from './error-boundary';
import { NotFound } from './not-found';

// Not part of the first load: reading must be there fast on a slow network.
const ComposePage = lazy(() =>
  import('../features/compose/compose-page').then((module) => ({ default: module.ComposePage })),
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

/** A key per page makes each a fresh one, so its heading takes the focus; a fault in one ends with it. */
export function AppRoutes() {
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
          <MessagesIndex />
        </ErrorBoundary>
      </Route>
      <Route path="/messages/:mailbox/new">
        {({ mailbox }) => (
          <ErrorBoundary key={`new ${mailbox}`}>
            <Suspense fallback={<Loading />}>
              <ComposePage mailboxId={mailbox} />
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
              <BoxPage mailboxId={mailbox} box={name} />
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
              <ThreadPage mailboxId={mailbox} box={name} threadId={thread} />
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
