import type { Message, Party } from '../../api/types';
import { useTexts } from '../../texts/context';
import { UrgentIcon } from '../../ui/icons';
import { AttachmentList } from '../attachments/attachment-list';

const namesOf = (parties: readonly Party[]) => parties.map(({ name }) => name).join('; ');

interface Props {
  mailboxId: string;
  threadId: string;
  message: Message;
}

/** One message. Its text is only ever text: no markup in it is rendered (S-IO-01). */
export function MessageView({ mailboxId, threadId, message }: Props) {
  const { t, instant } = useTexts();
  return (
    <article
      className="p-card p-message"
      aria-label={t('thread.messageFrom', { name: message.from.name })}
    >
      <header className="p-message__head">
        <dl className="p-facts p-message__facts">
          <dt>{t('messages.from')}</dt>
          <dd className="p-strong">{message.from.name}</dd>
          <dt>{t('messages.to')}</dt>
          <dd>{namesOf(message.to)}</dd>
          {message.cc.length > 0 && (
            <>
              <dt>{t('messages.cc')}</dt>
              <dd>{namesOf(message.cc)}</dd>
            </>
          )}
        </dl>
        <div className="p-message__side">
          <time dateTime={message.sent_at}>{instant(message.sent_at)}</time>
          {message.urgent && (
            <span className="p-urgent">
              <UrgentIcon />
              {t('messages.urgent')}
            </span>
          )}
        </div>
      </header>
      <div className="p-message__text">{message.text}</div>
      {message.attachments.length > 0 && (
        <AttachmentList
          mailboxId={mailboxId}
          threadId={threadId}
          messageId={message.id}
          attachments={message.attachments}
        />
      )}
    </article>
  );
}
