import type { Sent } from '../../api/types';
import { flash } from '../../app/announcer';
import type { Texts } from '../../texts/context';

type Said = Parameters<typeof flash.onNextPage>;

/** What became of a message: sent, to whom it was not delivered, or on its way to many (MSG-7). */
export function sentWords({ t, tn }: Pick<Texts, 't' | 'tn'>, sent: Sent): Said {
  const left = sent.undelivered?.length ?? 0;
  const except = left > 0 ? ` ${tn('compose.undelivered', left)}` : '';
  if (!sent.work_id) return [t('messages.sentFlash') + except];
  return [t('compose.onItsWay') + except, { href: '/work', text: t('compose.progress') }];
}
