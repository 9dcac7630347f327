import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Router, useLocation } from 'wouter';
import { SignInPage } from '../features/sign-in/sign-in-page';
import { TextsProvider, useTexts } from '../texts/context';
import { ProblemAlert } from '../ui/problem-alert';
import { Loading } from '../ui/loading';
import { Announcer } from './announcer';
import { ErrorBoundary } from './error-boundary';
import { guardedNavigation, LeaveDialog } from './leave-guard';
import { PUBLIC_PAGES } from './link-token';
import { ProofHost } from './proof-host';
import { PublicFrame } from './public-frame';
import { queryClient } from './query';
import { AppRoutes } from './routes';
import { SessionContext } from './session-context';
import { SessionGuard } from './session-guard';
import { sessionStore, startSession } from './session-store';
import { Shell } from './shell';
import { useStore } from './store';

const LinkPages = lazy(() =>
  import('../features/register/link-pages').then((module) => ({ default: module.LinkPages })),
);
const StagePages = lazy(() =>
  import('../features/sign-in/stage-pages').then((module) => ({ default: module.StagePages })),
);
const LostMembership = lazy(() =>
  import('./lost-membership').then((module) => ({ default: module.LostMembership })),
);

function Gate() {
  const [path] = useLocation();
  const state = useStore(sessionStore);
  const { suggest } = useTexts();
  const language = state.status === 'in' ? state.session.user.language : null;
  useEffect(() => {
    if (language) suggest(language);
  }, [language, suggest]);

  // Registering and setting a new password need no sign-in, and go before one that is there.
  if (PUBLIC_PAGES.includes(path)) {
    return (
      <PublicFrame>
        <Suspense fallback={<Loading />}>
          <LinkPages path={path} />
        </Suspense>
      </PublicFrame>
    );
  }
  switch (state.status) {
    case 'starting':
      return <Loading />;
    case 'failed':
      return (
        <PublicFrame>
          <ProblemAlert problem={state.problem} retry={() => void startSession()} />
        </PublicFrame>
      );
    case 'out':
      return (
        <PublicFrame>
          <SignInPage because={state.because} />
        </PublicFrame>
      );
    case 'stage':
      return (
        <PublicFrame>
          <Suspense fallback={<Loading />}>
            <StagePages stage={state.stage} user={state.user} />
          </Suspense>
        </PublicFrame>
      );
    case 'lost':
      return (
        <PublicFrame>
          <Suspense fallback={<Loading />}>
            <LostMembership others={state.others} />
          </Suspense>
        </PublicFrame>
      );
    case 'in':
      return (
        <SessionContext.Provider value={state.session}>
          {/* Another person or organization gets a page of its own, with nothing of the former one in it. */}
          <Shell key={`${state.session.user.id} ${state.session.membership?.id ?? ''}`}>
            <AppRoutes />
          </Shell>
          <SessionGuard session={state.session} />
          <ProofHost factor={state.session.factor === true} />
          <LeaveDialog />
        </SessionContext.Provider>
      );
  }
}

export function App() {
  return (
    <TextsProvider>
      <QueryClientProvider client={queryClient}>
        <Router aroundNav={guardedNavigation}>
          <ErrorBoundary>
            <Gate />
          </ErrorBoundary>
          <Announcer />
        </Router>
      </QueryClientProvider>
    </TextsProvider>
  );
}
