import '../../styles/nominate.css';
import '../../styles/users.css';
import '../../texts/nominate';
import { NominatePage } from './nominate-page';
import { WithoutLink } from './form-gone';
import { REQUEST } from './paths';
import { RequestPage } from './request-page';

/** The executive's form, and the page to ask for one; loaded when one of them is opened. */
export function NominatePages({ path, token }: { path: string; token: string | null }) {
  if (path === REQUEST) return <RequestPage />;
  // Another link in the same window is another form.
  if (token) return <NominatePage key={token} token={token} />;
  return <WithoutLink />;
}
