import { getDownload } from '../../api/calls';
import { quietly } from '../../app/leave-guard';

/**
 * Opens a short-lived link and never keeps it: it goes into an anchor that exists for the length of the click
 * (S-FILE-07). The file store answers with an attachment, so the page stays.
 */
export function clickLink(url: string): void {
  const { protocol } = new URL(url, window.location.href);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('unexpected link');
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  anchor.download = '';
  quietly(() => anchor.click());
}

/** Asks for the link on the click only. */
export async function download(
  mailbox: string,
  thread: string,
  message: string,
  attachment: string,
): Promise<void> {
  clickLink((await getDownload(mailbox, thread, message, attachment)).url);
}
