import '../../texts/compose';
import { Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { postReply } from '../../api/calls';
import type { Message, NewReply, Sent } from '../../api/types';
import { useTexts } from '../../texts/context';
import { AnswerCard } from './answer-card';
import { replyKey } from './draft-store';
import type { Draft } from './draft-store';
import { MessageFields } from './message-fields';
import { SendBar } from './send-bar';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

/** `seen` is the newest message of the thread that is on the page, where a department answers (MSG-6). */
export function bodyOfReply(message: Message, draft: Draft, seen?: string): NewReply {
  return {
    message_id: message.id,
    ...(seen !== undefined && { seen_message_id: seen }),
    text: draft.text,
    urgent: draft.urgent,
    all: draft.all,
    upload_ids: draft.files.flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])),
  };
}

interface Props {
  mailboxId: string;
  threadId: string;
  /** Of the conversation. */
  subject: string;
  message: Message;
  /** The newest message on the page, where a department answers: colleagues may answer meanwhile (MSG-6). */
  seen?: string | undefined;
  onSent: (sent: Sent) => void;
  onClose: () => void;
  /** Shows what a colleague answered meanwhile. */
  onLook?: (() => void) | undefined;
}

/** A reply below the message's head (MSG-5). The portal works out who receives it. */
export function ReplyForm({
  mailboxId,
  threadId,
  subject,
  message,
  seen,
  onSent,
  onClose,
  onLook,
}: Props) {
  const { t } = useTexts();
  const draftKey = replyKey(mailboxId, threadId);
  const about = { mode: 'reply', threadId, messageId: message.id, subject } as const;
  const { draft, update, keeper } = useDraft(mailboxId, draftKey, about);
  // What was on the page when writing began; after a look at what came since, that counts.
  const [before, setBefore] = useState(seen);
  const { outcome, ...sending } = useSend({
    mailboxId,
    draftKey,
    kind: 'reply',
    keeper,
    bodyOf: (current) => bodyOfReply(message, current, before ?? seen),
    post: (body, key) => postReply(mailboxId, threadId, body, key),
    onSent,
  });

  const own = message.box === 'sent';
  const first = own ? message.to : [message.from];
  const others = message.to.length + message.cc.length > 1;
  const everyone = [...new Set([...first, ...message.to, ...message.cc].map(({ name }) => name))];
  return (
    <AnswerCard id="reply-heading" title={t('compose.replyTitle')} outcome={outcome}>
      <p className="p-flat">
        {t('compose.replyTo', {
          names: draft.all ? everyone.join('; ') : first.map(({ name }) => name).join('; '),
        })}
      </p>
      {others && (
        <Choice
          type="checkbox"
          name="all"
          value="all"
          className="p-field"
          label={t('compose.all')}
          checked={draft.all}
          onChange={(event) => update({ all: event.target.checked })}
        />
      )}
      <MessageFields
        mailboxId={mailboxId}
        draftKey={draftKey}
        draft={draft}
        update={update}
        errors={outcome.errors}
      />
      <SendBar
        mailboxId={mailboxId}
        threadId={threadId}
        draft={draft}
        keeper={keeper}
        sending={sending}
        onClose={onClose}
        onLook={() => {
          setBefore(undefined);
          onLook?.();
        }}
      />
    </AnswerCard>
  );
}
