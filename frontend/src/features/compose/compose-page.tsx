import '../../texts/compose';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { postMessage } from '../../api/calls';
import type { NewMessage } from '../../api/types';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { OpenDraft } from '../drafts/open-draft';
import { addressOf } from '../drafts/shapes';
import { boxPath, broadcastPath, draftPath } from '../messages/paths';
import { useMailbox, useRefreshMailboxes } from '../messages/queries';
import { mostRecipients } from './check-draft';
import { drafts, newKey } from './draft-store';
import type { Draft } from './draft-store';
import { ErrorSummary, fieldErrorText } from './error-summary';
import { MessageFields, SubjectField } from './message-fields';
import { RecipientField } from './recipient-field';
import { SendBar } from './send-bar';
import { sentWords } from './sent-words';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

export function bodyOfMessage(draft: Draft): NewMessage {
  return {
    ...addressOf(draft),
    subject: draft.subject,
    text: draft.text,
    urgent: draft.urgent,
    upload_ids: draft.files.flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])),
  };
}

interface Props {
  mailboxId: string;
  /** One that was begun before. */
  draftId?: string | undefined;
}

/** A new message (MSG-2). Once it is kept the address names it, so that a reload finds it again. */
export function ComposePage({ mailboxId, draftId }: Props) {
  const [opened, setOpened] = useState(() => drafts.get(newKey(mailboxId)).kept?.id);
  if (draftId !== undefined && opened !== draftId) {
    return <OpenDraft mailboxId={mailboxId} draftId={draftId} onOpen={() => setOpened(draftId)} />;
  }
  const begun = (id: string) => {
    if (id === draftId) return;
    setOpened(id);
    window.history.replaceState(null, '', draftPath(mailboxId, id));
  };
  return <Compose mailboxId={mailboxId} onKept={begun} />;
}

function Compose({ mailboxId, onKept }: { mailboxId: string; onKept: (id: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const [, navigate] = useLocation();
  const mailbox = useMailbox(mailboxId);
  const refresh = useRefreshMailboxes();
  const draftKey = newKey(mailboxId);
  const { draft, update, keeper } = useDraft(mailboxId, draftKey);
  const keptId = draft.kept?.id;
  useEffect(() => {
    if (keptId !== undefined) onKept(keptId);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [keptId]);
  const { outcome, ...sending } = useSend({
    mailboxId,
    draftKey,
    kind: 'new',
    max: mostRecipients(mailbox),
    keeper,
    bodyOf: bodyOfMessage,
    post: (body, key) => postMessage(mailboxId, body, key),
    onSent: (sent) => {
      flash.onNextPage(...sentWords(texts, sent));
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
        {mailbox?.kind === 'department' && (
          <p className="p-flat p-gap-top">
            <Link href={broadcastPath(mailboxId)}>{t('broadcast.link')}</Link>
          </p>
        )}
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
        <SubjectField draft={draft} update={update} error={fieldErrorText(t, errors, 'subject')} />
        <MessageFields
          mailboxId={mailboxId}
          draftKey={draftKey}
          draft={draft}
          update={update}
          errors={errors}
        />
        <SendBar
          mailboxId={mailboxId}
          draft={draft}
          keeper={keeper}
          sending={sending}
          onClose={() => navigate(boxPath(mailboxId, 'inbox'))}
        />
      </form>
    </Page>
  );
}
