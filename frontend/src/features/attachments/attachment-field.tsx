import { Button } from '@cmsgov/design-system';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../texts/context';
import { ACCEPT, MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES } from './limits';
import { formatSize } from './size';
import { canRetry } from './upload-row';
import type { UploadRow } from './upload-row';
import { addFiles, removeFile, retryFile, whyText } from './uploads';

function StateText({ row }: { row: UploadRow }) {
  const { t } = useTexts();
  return (
    <span className={`p-file__state p-file__state--${row.phase}`}>
      {t(`files.state.${row.phase}`, { percent: row.percent })}
    </span>
  );
}

interface FieldProps {
  mailboxId: string;
  draftKey: string;
  files: UploadRow[];
  error: string | null;
}

function FileRow({
  mailboxId,
  draftKey,
  row,
}: Omit<FieldProps, 'files' | 'error'> & { row: UploadRow }) {
  const { language, t } = useTexts();
  const { name } = row.file;
  const onItsWay = row.phase === 'waiting' || row.phase === 'uploading';
  return (
    <li className="p-file">
      <div className="p-file__what">
        <span className="p-file__name">{name}</span>{' '}
        <span className="p-muted p-nowrap">{formatSize(language, row.file.size)}</span>
        <div>
          <StateText row={row} />
          {row.phase === 'uploading' && (
            <progress
              className="p-file__bar"
              max={100}
              value={row.percent}
              aria-label={t('files.progress', { name })}
            />
          )}
        </div>
        <div aria-live="polite" aria-atomic="true">
          {row.why && (
            <p className="p-file__why">
              <span className="ds-u-visibility--screen-reader">{name}: </span>
              {whyText(row.why)}
            </p>
          )}
        </div>
      </div>
      <div className="p-file__actions">
        {canRetry(row) && (
          <Button
            size="small"
            aria-label={t('files.retry', { name })}
            onClick={() => retryFile(mailboxId, draftKey, row.rowId)}
          >
            {t('files.retryShort')}
          </Button>
        )}
        <Button
          size="small"
          variation="ghost"
          aria-label={t(onItsWay ? 'files.cancel' : 'files.remove', { name })}
          onClick={() => {
            removeFile(draftKey, row.rowId);
            // The button that had the focus is gone with its row.
            document.getElementById('compose-files')?.focus();
          }}
        >
          {t(onItsWay ? 'files.cancelShort' : 'compose.remove')}
        </Button>
      </div>
    </li>
  );
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

/** Takes files that are dropped on the field; elsewhere they must not open instead of the page. */
function useDrop(take: (files: File[]) => void) {
  const zone = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const taking = useRef(take);
  useEffect(() => {
    taking.current = take;
  });
  useEffect(() => {
    const inside = ({ target }: DragEvent) => zone.current?.contains(target as Node) === true;
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(inside(event));
      if (event.dataTransfer && !inside(event)) event.dataTransfer.dropEffect = 'none';
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (inside(event)) taking.current([...(event.dataTransfer?.files ?? [])]);
    };
    const out = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('drop', drop);
    window.addEventListener('dragleave', out);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('drop', drop);
      window.removeEventListener('dragleave', out);
    };
  }, []);
  return { zone, over };
}

export function AttachmentField({ mailboxId, draftKey, files, error }: FieldProps) {
  const { language, t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const hint = t('files.hint', {
    count: MAX_FILES,
    each: formatSize(language, MAX_FILE_BYTES),
    total: formatSize(language, MAX_TOTAL_BYTES),
  });
  const { zone, over } = useDrop((dropped) => addFiles(mailboxId, draftKey, dropped));
  return (
    <div className={`p-field p-dropzone ${over ? 'p-dropzone--over' : ''}`} ref={zone}>
      <label className="ds-c-label" htmlFor="compose-files">
        {t('files.label')}
      </label>
      <p className="ds-c-hint" id="compose-files-hint">
        {hint}
      </p>
      {error && (
        <p className="ds-c-inline-error" id="compose-files-error">
          {error}
        </p>
      )}
      <input
        ref={input}
        id="compose-files"
        className="p-file-input"
        type="file"
        multiple
        accept={ACCEPT}
        aria-describedby={`compose-files-hint${error ? ' compose-files-error' : ''}`}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          // Emptied, so that the same file can be chosen again after it was removed.
          if (input.current) input.current.value = '';
          addFiles(mailboxId, draftKey, chosen);
        }}
      />
      <label className="p-file-button" htmlFor="compose-files">
        {t('files.choose')}
      </label>{' '}
      <span className="p-dropzone__hint" aria-hidden="true">
        {t('files.drop')}
      </span>
      {files.length > 0 && (
        <ul className="p-plain p-files" aria-label={t('files.list')}>
          {files.map((row) => (
            <FileRow key={row.rowId} mailboxId={mailboxId} draftKey={draftKey} row={row} />
          ))}
        </ul>
      )}
    </div>
  );
}
