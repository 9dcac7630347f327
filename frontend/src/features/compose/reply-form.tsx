import '../../texts/compose';
import { Choice } from '@cmsgov/design-system';
import { useEffect, useRef } from 'react';
import { postReply } from '../../api/calls';
import type { Message, NewReply } from '../../api/types';
import { leaveSafely } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import { drafts, replyKey } from './draft-store';
import type { Draft } from './draft-store';
import { ErrorSummary } from './error-summary';
import { MessageFields, SendBar } from './message-fields';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

export function bodyOfReply(message: Message, draft: Draft): NewReply {
  return {
    message_id: message.id,
    text: draft.text,
    urgent: draft.urgent,
    all: draft.all,
    upload_ids: draft.files.flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])),
  };
}

interface Props {
  mailboxId: string;
  threadId: string;
  message: Message;
  onSent: () => void;
  onClose: () => void;
}

/** A reply below the message's head (MSG-5). The portal works out who receives it. */
export function ReplyForm({ mailboxId, threadId, message, onSent, onClose }: Props) {
  const { t } = useTexts();
  const draftKey = replyKey(mailboxId, threadId);
  const { draft, update } = useDraft(mailboxId, draftKey);
  const heading = useRef<HTMLHeadingElement>(null);
  const { send, busy, outcome } = useSend({
    draftKey,
    reply: true,
    bodyOf: (current) => bodyOfReply(message, current),
    post: (body, key) => postReply(mailboxId, threadId, body, key),
    onSent,
  });
  useEffect(() => heading.current?.focus(), []);

  const own = message.box === 'sent';
  const first = own ? message.to : [message.from];
  const others = message.to.length + message.cc.length > 1;
  const everyone = [...new Set([...first, ...message.to, ...message.cc].map(({ name }) => name))];
  return (
    <section className="p-card p-reply" aria-labelledby="reply-heading">
      <h2 id="reply-heading" className="ds-text-heading--lg p-flat" tabIndex={-1} ref={heading}>
        {t('compose.replyTitle')}
      </h2>
      <ErrorSummary outcome={outcome} />
      <form noValidate className="p-form" onSubmit={(event) => event.preventDefault()}>
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
          draft={draft}
          busy={busy}
          onSend={() => void send()}
          onCancel={() =>
            leaveSafely(() => {
              drafts.drop(draftKey);
              onClose();
            })
          }
        />
      </form>
    </section>
  );
}
