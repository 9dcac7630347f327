import type { ReactNode } from 'react';
import type { Message } from '../../api/types';
import { useTexts } from '../../texts/context';
import { UrgentIcon } from '../../ui/icons';
import { AttachmentList } from '../attachments/attachment-list';
import { ForwardedView } from './forwarded-view';
import { partyName, partyNames } from './party';

interface Props {
  mailboxId: string;
  threadId: string;
  message: Message;
  children?: ReactNode;
}

/** One message. Its text is only ever text: no markup in it is rendered (S-IO-01). */
export function MessageView({ mailboxId, threadId, message, children }: Props) {
  const { t, instant } = useTexts();
  return (
    <article
      className="p-card p-message"
      aria-label={t('thread.messageFrom', { name: partyName(t, message.from) })}
    >
      <header className="p-message__head">
        <dl className="p-facts p-message__facts">
          <dt>{t('messages.from')}</dt>
          <dd className="p-strong">{partyName(t, message.from)}</dd>
          <dt>{t('messages.to')}</dt>
          <dd>{partyNames(t, message.to)}</dd>
          {message.cc.length > 0 && (
            <>
              <dt>{t('messages.cc')}</dt>
              <dd>{partyNames(t, message.cc)}</dd>
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
          {message.withdrawn_at && (
            <span className="p-tag">
              {t('thread.withdrawn', { date: instant(message.withdrawn_at) })}
            </span>
          )}
        </div>
      </header>
      {message.text !== '' && <div className="p-message__text">{message.text}</div>}
      {message.attachments.length > 0 && (
        <AttachmentList
          mailboxId={mailboxId}
          threadId={threadId}
          messageId={message.id}
          attachments={message.attachments}
        />
      )}
      <ForwardedView forwarded={message.forwarded} />
      {children}
    </article>
  );
}
