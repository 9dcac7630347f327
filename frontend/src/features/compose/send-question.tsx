import { Button, Dialog } from '@cmsgov/design-system';
import { useQuery } from '@tanstack/react-query';
import { getRecipients } from '../../api/calls';
import { call } from '../../api/client';
import { useTexts } from '../../texts/context';
import { practiceOf } from './draft-store';
import type { Draft } from './draft-store';
import type { Sending } from './use-send';

interface Props {
  mailboxId: string;
  /** Of an answer. */
  threadId?: string | undefined;
  draft: Draft;
  sending: Sending;
  /** Looks at what a colleague wrote meanwhile. */
  onLook?: (() => void) | undefined;
}

/** What has to be asked before a message goes; only while there is a question. */
export function SendQuestion(props: Props) {
  const { question } = props.sending;
  if (question === 'everybody') return <ToEverybody {...props} />;
  if (question === 'meanwhile') return <Meanwhile {...props} />;
  return null;
}

/** How many people of a practice a message to everybody reaches, as far as the portal counts them. */
function useReach(mailboxId: string, practiceId: string | undefined) {
  const { data, isPending, isError } = useQuery({
    queryKey: ['recipients', mailboxId, 'member', practiceId, 'count'],
    queryFn: ({ signal }) => getRecipients(mailboxId, 'member', '', null, signal, practiceId),
    enabled: practiceId !== undefined,
  });
  return { counted: data?.total ?? null, isPending, isError };
}

function ToEverybody({ mailboxId, draft, sending }: Props) {
  const { t, tn } = useTexts();
  const practice = practiceOf(draft);
  const { counted, isPending, isError } = useReach(mailboxId, practice?.id);
  const reach =
    counted === null ? t('compose.everybody.many') : tn('compose.everybody.count', counted);
  return (
    <Dialog
      isOpen
      onExit={sending.refrain}
      heading={t('compose.everybody.title', { name: practice?.name ?? '' })}
      ariaCloseLabel={t('app.close')}
    >
      <p aria-live="polite">{isPending ? t('app.loading') : !isError && reach}</p>
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" onClick={sending.insist}>
          {t('compose.send')}
        </Button>
        <Button variation="ghost" onClick={sending.refrain}>
          {t('leave.stay')}
        </Button>
      </div>
    </Dialog>
  );
}

/** The colleague who answered last, where the portal tells. */
function useColleague(mailbox_id: string, thread_id: string | undefined): string | null {
  const { data } = useQuery({
    queryKey: ['answered', mailbox_id, thread_id],
    queryFn: ({ signal }) =>
      call('get', '/mailboxes/{mailbox_id}/conversations/{thread_id}', {
        path: { mailbox_id, thread_id: thread_id ?? '' },
        signal,
      }),
    enabled: thread_id !== undefined,
    gcTime: 0,
    retry: false,
  });
  const answered = data?.conversation.answered_by ?? [];
  return [...answered].sort((one, other) => other.at.localeCompare(one.at))[0]?.name ?? null;
}

/** A colleague answered while one wrote: two answers to the same question confuse (MSG-6). */
function Meanwhile({ mailboxId, threadId, sending, onLook }: Props) {
  const { t } = useTexts();
  const name = useColleague(mailboxId, threadId);
  return (
    <Dialog
      isOpen
      onExit={sending.refrain}
      heading={name ? t('compose.meanwhile.by', { name }) : t('compose.meanwhile.title')}
      ariaCloseLabel={t('app.close')}
    >
      <p>{t('compose.meanwhile.body')}</p>
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          onClick={() => {
            sending.refrain();
            onLook?.();
          }}
        >
          {t('compose.meanwhile.look')}
        </Button>
        <Button onClick={sending.insist}>{t('compose.meanwhile.send')}</Button>
      </div>
    </Dialog>
  );
}
