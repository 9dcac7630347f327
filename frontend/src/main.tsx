import '@cmsgov/design-system/css/index.css';
import '@cmsgov/design-system/css/core-theme.css';
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { keptEdits } from './app/kept-edits';
import { installBackGuard } from './app/leave-guard';
import { takeLinkToken } from './app/link-token';
import { loadFirstPart } from './app/routes';
import { startSession } from './app/session-store';
import { drafts } from './features/compose/draft-store';
import { askEarly } from './features/messages/box-query';

installBackGuard(() => drafts.anyUnsafe() || keptEdits.any());
takeLinkToken();
// Another mailed link that is opened in this window.
window.addEventListener('hashchange', takeLinkToken);

/** In milliseconds. */
const MOST_WAIT = 200;

// What a page begins with is often there in a moment; then it is drawn once, not in three steps.
const beginning = Promise.allSettled([startSession(), askEarly(), loadFirstPart()]);
const aMoment = new Promise((resolve) => setTimeout(resolve, MOST_WAIT));
void Promise.race([beginning, aMoment]).then(() => {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
});
