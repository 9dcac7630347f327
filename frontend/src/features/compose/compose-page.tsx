import '../../texts/compose';
import { TextField } from '@cmsgov/design-system';
import { useLocation } from 'wouter';
import { postMessage } from '../../api/calls';
import type { NewMessage } from '../../api/types';
import { flash } from '../../app/announcer';
import { leaveSafely } from '../../app/leave-guard';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { boxPath } from '../messages/paths';
import { useMailbox, useRefreshMailboxes } from '../messages/queries';
import { MAX_SUBJECT } from './check-draft';
import { newKey } from './draft-store';
import type { Draft } from './draft-store';
import { ErrorSummary, fieldErrorText, fieldId } from './error-summary';
import { MessageFields, SendBar, useCounter } from './message-fields';
import { RecipientField } from './recipient-field';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

export function bodyOfMessage(draft: Draft): NewMessage {
  return {
    to: draft.to.map(({ id }) => id),
    cc: draft.cc.map(({ id }) => id),
    subject: draft.subject,
    text: draft.text,
    urgent: draft.urgent,
    upload_ids: draft.files.flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])),
  };
}

/** A new message (MSG-2). */
export function ComposePage({ mailboxId }: { mailboxId: string }) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const mailbox = useMailbox(mailboxId);
  const refresh = useRefreshMailboxes();
  const draftKey = newKey(mailboxId);
  const { draft, update } = useDraft(mailboxId, draftKey);
  const counter = useCounter(draft.subject, MAX_SUBJECT);
  const { send, busy, outcome } = useSend({
    draftKey,
    reply: false,
    bodyOf: bodyOfMessage,
    post: (body, key) => postMessage(mailboxId, body, key),
    onSent: () => {
      flash.onNextPage(t('messages.sentFlash'));
      void refresh();
      navigate(boxPath(mailboxId, 'sent'));
    },
  });
  const { errors } = outcome;

  return (
    <Page title={t('compose.title')} className="p-compose">
      <ErrorSummary outcome={outcome} />
      <form noValidate className="p-form" onSubmit={(event) => event.preventDefault()}>
        <dl className="p-facts">
          <dt>{t('compose.from')}</dt>
          <dd>{mailbox?.name}</dd>
        </dl>
        <RecipientField
          field="to"
          mailbox={mailbox}
          draft={draft}
          error={fieldErrorText(t, errors, 'to')}
          onChange={(to) => update({ to })}
        />
        <RecipientField
          field="cc"
          mailbox={mailbox}
          draft={draft}
          error={fieldErrorText(t, errors, 'cc')}
          onChange={(cc) => update({ cc })}
        />
        <TextField
          id={fieldId('subject')}
          name="subject"
          label={t('compose.subject')}
          hint={counter}
          className="p-field p-field--wide"
          autoComplete="off"
          value={draft.subject}
          onChange={(event: { target: HTMLInputElement }) =>
            update({ subject: event.target.value })
          }
          errorMessage={fieldErrorText(t, errors, 'subject') ?? undefined}
          aria-required
        />
        <MessageFields
          mailboxId={mailboxId}
          draftKey={draftKey}
          draft={draft}
          update={update}
          errors={errors}
        />
        <SendBar
          draft={draft}
          busy={busy}
          onSend={() => void send()}
          onCancel={() => leaveSafely(() => navigate(boxPath(mailboxId, 'inbox')))}
        />
      </form>
    </Page>
  );
}
