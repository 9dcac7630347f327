import '../../texts/compose';
import type { Message, Sent } from '../../api/types';
import { useTexts } from '../../texts/context';
import { addressOf } from '../drafts/shapes';
import { postForward } from '../messages/calls';
import type { NewForward } from '../messages/calls';
import { partyName } from '../messages/party';
import { useMailbox } from '../messages/queries';
import { AnswerCard } from './answer-card';
import { mostRecipients } from './check-draft';
import { forwardKey } from './draft-store';
import type { Draft, Practice } from './draft-store';
import { fieldErrorText } from './error-summary';
import { MessageFields } from './message-fields';
import { RecipientField } from './recipient-field';
import { SendBar } from './send-bar';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

export function bodyOfForward(draft: Draft): NewForward {
  return {
    ...addressOf(draft),
    text: draft.text,
    urgent: draft.urgent,
    upload_ids: draft.files.flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])),
  };
}

interface Props {
  mailboxId: string;
  threadId: string;
  /** Of the conversation. */
  subject: string;
  /** The practice whose conversation it is: nothing of it goes to another one (MSG-1). */
  organization: Practice | null;
  message: Message;
  onSent: (sent: Sent) => void;
  onClose: () => void;
}

/** Forwards a message with a note, its text and its files (MSG-5). */
export function ForwardForm(props: Props) {
  const { mailboxId, threadId, subject, organization, message, onSent, onClose } = props;
  const { t, instant } = useTexts();
  const mailbox = useMailbox(mailboxId);
  const draftKey = forwardKey(mailboxId, threadId);
  const about = { mode: 'forward', threadId, messageId: message.id, subject } as const;
  const { draft, update, keeper } = useDraft(mailboxId, draftKey, about);
  const { outcome, ...sending } = useSend({
    mailboxId,
    draftKey,
    kind: 'forward',
    max: mostRecipients(mailbox),
    keeper,
    bodyOf: bodyOfForward,
    post: (body, key) => postForward(mailboxId, threadId, message.id, body, key),
    onSent,
  });
  const recipients = (field: 'to' | 'cc') => (
    <RecipientField
      field={field}
      mailbox={mailbox}
      draft={draft}
      error={fieldErrorText(t, outcome.errors, field)}
      within={mailbox?.kind === 'department' ? organization : null}
      onChange={(chosen) => update({ [field]: chosen })}
    />
  );
  return (
    <AnswerCard id="forward-heading" title={t('compose.forwardTitle')} outcome={outcome}>
      <p className="p-flat">
        {t('compose.forwardWhat', {
          name: partyName(t, message.from),
          date: instant(message.sent_at),
        })}
        {message.attachments.length > 0 &&
          ` ${t('compose.forwardFiles', {
            names: message.attachments.map(({ file_name }) => file_name).join(', '),
          })}`}
      </p>
      {recipients('to')}
      {recipients('cc')}
      <MessageFields
        mailboxId={mailboxId}
        draftKey={draftKey}
        draft={draft}
        update={update}
        errors={outcome.errors}
        note
      />
      <SendBar
        mailboxId={mailboxId}
        threadId={threadId}
        draft={draft}
        keeper={keeper}
        sending={sending}
        onClose={onClose}
      />
    </AnswerCard>
  );
}
