import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { ProblemError, problemOf } from '../../api/client';
import type { Attachment, Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ClipIcon } from '../../ui/icons';
import { ProblemAlert } from '../../ui/problem-alert';
import { download } from './download';
import { formatSize } from './size';

interface Props {
  mailboxId: string;
  threadId: string;
  messageId: string;
  attachments: Attachment[];
}

export function AttachmentList({ mailboxId, threadId, messageId, attachments }: Props) {
  const { language, t } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const get = (attachment: Attachment) => {
    setProblem(null);
    download(mailboxId, threadId, messageId, attachment.id).catch((error: unknown) =>
      setProblem(problemOf(error instanceof ProblemError ? error : null)),
    );
  };
  return (
    <div className="p-attachments">
      <h2 className="p-attachments__title">{t('thread.attachments')}</h2>
      <ul className="p-plain">
        {attachments.map((attachment) => (
          <li key={attachment.id} className="p-attachment">
            <ClipIcon />
            <span className="p-attachment__name">
              {attachment.file_name}{' '}
              <span className="p-muted p-nowrap">{formatSize(language, attachment.size)}</span>
            </span>
            <Button
              size="small"
              className="p-no-print"
              aria-label={t('thread.download', { name: attachment.file_name })}
              onClick={() => get(attachment)}
            >
              {t('thread.downloadShort')}
            </Button>
          </li>
        ))}
      </ul>
      {problem && <ProblemAlert problem={problem} />}
    </div>
  );
}
