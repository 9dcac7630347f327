import '../../styles/reviews.css';
import '../../styles/users.css';
import '../../texts/messages';
import '../../texts/reviews';
import '../../texts/users';
import { Route, Switch } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../app/session-context';
import { DecisionsPage } from './decisions-page';
import { DECISIONS, REVIEWS } from './paths';
import { ReviewPage } from './review-page';
import { looksInto, reviews } from './who';

/** Access reviews of a practice, for its administrators, and what was decided, also for the plan (REV-1 to REV-5). */
export function ReviewsRoutes() {
  const session = useSession();
  return (
    <Switch>
      {reviews(session) && (
        <Route path={REVIEWS}>
          <ErrorBoundary key="review">
            <ReviewPage />
          </ErrorBoundary>
        </Route>
      )}
      {reviews(session) && (
        <Route path={DECISIONS}>
          <ErrorBoundary key="decisions">
            <DecisionsPage organizationId={null} />
          </ErrorBoundary>
        </Route>
      )}
      {looksInto(session) && (
        <Route path={`${DECISIONS}/:organization`}>
          {({ organization }) => (
            <ErrorBoundary key={`decisions ${organization}`}>
              <DecisionsPage organizationId={decodeURIComponent(organization)} />
            </ErrorBoundary>
          )}
        </Route>
      )}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
