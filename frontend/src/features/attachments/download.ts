import { getDownload } from '../../api/calls';
import { quietly } from '../../app/leave-guard';

/**
 * Asks for the short-lived link on the click only and never keeps it: it goes into an anchor that exists for
 * the length of the click (S-FILE-07). The file store answers with an attachment, so the page stays.
 */
export async function download(
  mailbox: string,
  thread: string,
  message: string,
  attachment: string,
): Promise<void> {
  const { url } = await getDownload(mailbox, thread, message, attachment);
  const { protocol } = new URL(url, window.location.href);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('unexpected link');
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  anchor.download = '';
  quietly(() => anchor.click());
}
