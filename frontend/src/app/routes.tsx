import { lazy, Suspense } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { HelpPage } from '../features/help/help-page';
import { HomePage } from '../features/home/home-page';
import { BoxPage } from '../features/messages/box-page';
import { MessagesIndex } from '../features/messages/messages-index';
import { boxOf } from '../features/messages/paths';
import { ThreadPage } from '../features/messages/thread-page';
import { useTexts } from '../texts/context';
import { Loading } from '../ui/loading';
import { ErrorBoundary } from './error-boundary';
import { Page } from './page';

// Writing is not part of the first load: reading must be there fast on a slow network.
const ComposePage = lazy(() =>
  import('../features/compose/compose-page').then((module) => ({ default: module.ComposePage })),
);

function NotFound() {
  const { t } = useTexts();
  return (
    <Page title={t('app.notFound.title')}>
      <p>{t('app.notFound.body')}</p>
      <p>
        <Link href="/">{t('app.notFound.home')}</Link>
      </p>
    </Page>
  );
}

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
          <HelpPage />
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
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
