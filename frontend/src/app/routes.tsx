import { lazy, Suspense, useEffect, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NOMINATIONS, ONBOARDING, ORGANIZATIONS, WAVES } from '../features/enrollment/paths';
import { CONTACTS } from '../features/contacts/paths';
import { DIRECTORY_REQUESTS } from '../features/directory/paths';
import { HomePage } from '../features/home/home-page';
import { boxOf } from '../features/messages/paths';
import { PREFERENCES } from '../features/notices/paths';
import { PHASES } from '../features/phases/paths';
import { OVERVIEW } from '../features/review-overview/paths';
import { SIGNALS } from '../features/sharing/paths';
import { Loading } from '../ui/loading';
import { ErrorBoundary } from './error-boundary';
import { NotFound } from './not-found';

// Each part comes when it is opened: signing in must be fast on a slow network. Messages are what most people open, so
// they come as soon as nothing else is to be loaded, or at once where the address asks for them.
type Messages = typeof import('../features/messages/messages-pages');
let messages: Messages | undefined;
const loadMessages = () =>
  import('../features/messages/messages-pages').then((module) => (messages = module));

/** A page of messages. Where they are there already it is drawn at once, not after something that says "Loading". */
function messagesPage<Props extends object>(pick: (from: Messages) => ComponentType<Props>) {
  const Later = lazy(() => loadMessages().then((module) => ({ default: pick(module) })));
  return function MessagesPart(props: Props) {
    const [Shown] = useState<ComponentType<Props>>(() => (messages ? pick(messages) : Later));
    return <Shown {...props} />;
  };
}
const MessagesIndex = messagesPage((from) => from.MessagesIndex);
const BoxPage = messagesPage((from) => from.BoxPage);
const ThreadPage = messagesPage((from) => from.ThreadPage);

/** Loads the part that the address asks for, if it is known to be wanted. */
export const loadFirstPart = async () => {
  if (window.location.pathname.startsWith('/messages')) await loadMessages();
};

/** A page that comes when it is opened. */
function later<Name extends string, Props>(
  load: () => Promise<{ [name in Name]: ComponentType<Props> }>,
  name: Name,
) {
  return lazy(async () => ({ default: (await load())[name] as ComponentType<Props> }));
}

const ComposePage = lazy(() =>
  import('../features/compose/compose-page').then((page) => ({ default: page.ComposePage })),
);
const DraftsPage = later(() => import('../features/drafts/drafts-page'), 'DraftsPage');
const BroadcastPage = later(() => import('../features/broadcasts/broadcast-page'), 'BroadcastPage');
const HelpPage = later(() => import('../features/help/help-page'), 'HelpPage');
const UsersRoutes = later(() => import('../features/users/users-routes'), 'UsersRoutes');
const StaffRoutes = later(() => import('../features/staff/staff-routes'), 'StaffRoutes');
const FeaturePage = later(() => import('../features/access/feature-page'), 'FeaturePage');
const WorkPage = later(() => import('../features/work/work-page'), 'WorkPage');
const ProfilePage = later(() => import('../features/profile/profile-page'), 'ProfilePage');
const PreferencesPage = later(
  () => import('../features/notices/preferences-page'),
  'PreferencesPage',
);
const HelpdeskRoutes = later(
  () => import('../features/helpdesk/helpdesk-routes'),
  'HelpdeskRoutes',
);
const DeskPage = later(() => import('../features/desk/desk-page'), 'DeskPage');
const DepartmentsPage = later(
  () => import('../features/departments/departments-page'),
  'DepartmentsPage',
);
const AttentionPage = later(() => import('../features/attention/attention-page'), 'AttentionPage');
const ReportsPage = later(() => import('../features/misdirected/reports-page'), 'ReportsPage');
const HoldsPage = later(() => import('../features/retention/holds-page'), 'HoldsPage');
const ReviewsRoutes = later(() => import('../features/reviews/reviews-routes'), 'ReviewsRoutes');
const OverviewRoutes = later(
  () => import('../features/review-overview/overview-routes'),
  'OverviewRoutes',
);
const EnrollmentRoutes = later(
  () => import('../features/enrollment/enrollment-routes'),
  'EnrollmentRoutes',
);
const NominationsRoutes = later(
  () => import('../features/nominations/nominations-routes'),
  'NominationsRoutes',
);
const SignalsPage = later(() => import('../features/sharing/signals-page'), 'SignalsPage');
const DirectoryRequestsPage = later(
  () => import('../features/directory/requests-page'),
  'DirectoryRequestsPage',
);
const PhasesRoutes = later(() => import('../features/phases/phases-routes'), 'PhasesRoutes');
const ContactsPage = later(() => import('../features/contacts/contacts-page'), 'ContactsPage');
const RecordsPage = later(() => import('../features/retention/records-page'), 'RecordsPage');

/** Parts that need no more than their path. */
const PARTS: readonly (readonly [path: string, Shown: ComponentType])[] = [
  ['/help', HelpPage],
  ['/work', WorkPage],
  ['/profile', ProfilePage],
  [PREFERENCES, PreferencesPage],
  ['/staff/*?', StaffRoutes],
  ['/departments', DepartmentsPage],
  ['/attention', AttentionPage],
  ['/misdirected', ReportsPage],
  ['/legal-holds', HoldsPage],
  ['/records', RecordsPage],
  ['/reviews/*?', ReviewsRoutes],
  [`${OVERVIEW}/*?`, OverviewRoutes],
  [`${ORGANIZATIONS}/*?`, EnrollmentRoutes],
  [`${WAVES}/*?`, EnrollmentRoutes],
  [ONBOARDING, EnrollmentRoutes],
  [`${NOMINATIONS}/*?`, NominationsRoutes],
  [SIGNALS, SignalsPage],
  [DIRECTORY_REQUESTS, DirectoryRequestsPage],
  [`${PHASES}/*?`, PhasesRoutes],
  [CONTACTS, ContactsPage],
  ['/users/*?', UsersRoutes],
];

/** A page that may still have to come; a fault in it ends with it. */
function Part({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** A key per page makes each a fresh one, so its heading takes the focus. */
export function AppRoutes() {
  useEffect(() => {
    const timer = window.setTimeout(() => void loadMessages(), 1000);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Switch>
      <Route path="/">
        <Part key="home">
          <HomePage />
        </Part>
      </Route>
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/messages">
        <Part key="messages">
          <MessagesIndex />
        </Part>
      </Route>
      <Route path="/messages/:mailbox/new/:draft?">
        {({ mailbox, draft }) => (
          <Part key={`new ${mailbox}`}>
            <ComposePage mailboxId={mailbox} draftId={draft} />
          </Part>
        )}
      </Route>
      <Route path="/messages/:mailbox/broadcast/:work?">
        {({ mailbox, work }) => (
          <Part key={`broadcast ${mailbox} ${work ?? ''}`}>
            <BroadcastPage mailboxId={mailbox} workId={work} />
          </Part>
        )}
      </Route>
      <Route path="/messages/:mailbox/drafts">
        {({ mailbox }) => (
          <Part key={`drafts ${mailbox}`}>
            <DraftsPage mailboxId={mailbox} />
          </Part>
        )}
      </Route>
      <Route path="/messages/:mailbox/conversations">
        {({ mailbox }) => (
          <Part key={`conversations ${mailbox}`}>
            <DeskPage mailboxId={mailbox} />
          </Part>
        )}
      </Route>
      <Route path="/messages/:mailbox/:box">
        {({ mailbox, box }) => {
          const name = boxOf(box);
          if (!name) return <NotFound />;
          return (
            <Part key={`${mailbox} ${name}`}>
              <BoxPage mailboxId={mailbox} box={name} />
            </Part>
          );
        }}
      </Route>
      <Route path="/messages/:mailbox/:box/:thread">
        {({ mailbox, box, thread }) => {
          const name = boxOf(box);
          if (!name) return <NotFound />;
          return (
            <Part key={`${mailbox} ${name} ${thread}`}>
              <ThreadPage mailboxId={mailbox} box={name} threadId={thread} />
            </Part>
          );
        }}
      </Route>
      <Route path="/helpdesk/*?">
        <Part key="helpdesk">
          <HelpdeskRoutes side="helpdesk" />
        </Part>
      </Route>
      <Route path="/reset-cases/*?">
        <Part key="reset cases">
          <HelpdeskRoutes side="confirming" />
        </Part>
      </Route>
      <Route path="/features/:level">
        {({ level }) => (
          <Part key={`feature ${level}`}>
            <FeaturePage name={level} />
          </Part>
        )}
      </Route>
      {PARTS.map(([path, Shown]) => (
        <Route key={path} path={path}>
          <Part key={path}>
            <Shown />
          </Part>
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
