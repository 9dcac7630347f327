import { Button } from '@cmsgov/design-system';
import { useRef, useState } from 'react';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { formatSize } from '../attachments/size';
import { MOST_BYTES, useUpload } from './import-steps';
import { downloadCsv } from './download-csv';
import type { ImportKind } from './import-kind';

function Columns({ kind }: { kind: ImportKind }) {
  const { t } = useTexts();
  return (
    <details className="p-import__columns">
      <summary>{t('users.import.columns')}</summary>
      <p>{t('users.import.columnsHint')}</p>
      <dl className="p-facts p-user-facts">
        {kind.columns.map((column) => (
          <div key={column} className="p-import__column">
            <dt>
              <code>{column}</code>
            </dt>
            <dd>{kind.columnText(t, column)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface Props {
  kind: ImportKind;
  onBegun: (workId: string) => void;
}

/** First step: the file, its form explained, and its way to the portal with progress. */
export function ImportFile({ kind, onBegun }: Props) {
  const { t, language } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { state, send, reset } = useUpload(kind.announce);
  const uploading = state.phase === 'uploading';

  const choose = (chosen: File | undefined) => {
    reset();
    setFile(chosen ?? null);
    if (!chosen) setWrong(null);
    else if (chosen.size === 0) setWrong(t('users.import.empty'));
    else if (chosen.size > MOST_BYTES) {
      setWrong(t('users.import.tooLarge', { max: formatSize(language, MOST_BYTES) }));
    } else setWrong(null);
  };
  const upload = async () => {
    if (uploading) return;
    if (!file || wrong) {
      setWrong(wrong ?? t('users.import.missing'));
      input.current?.focus();
      return;
    }
    const workId = await send(file);
    if (workId) onBegun(workId);
  };
  const described = `import-hint${wrong ? ' import-error' : ''}`;
  return (
    <section className="p-card" aria-labelledby="import-file-title">
      <h2 id="import-file-title" className="ds-text-heading--lg p-flat">
        {t('users.import.step.file')}
      </h2>
      <Columns kind={kind} />
      <p className="p-flat p-gap-top">
        <Button size="small" onClick={() => downloadCsv(kind.template, kind.templateName)}>
          {t('users.import.template')}
        </Button>
      </p>
      <div className={`p-field ${wrong ? 'p-field--error' : ''}`}>
        <label className="ds-c-label" htmlFor="import-file">
          {t('users.import.file')}
        </label>
        <p className="ds-c-hint p-flat" id="import-hint">
          {t(kind.fileHint, { max: formatSize(language, MOST_BYTES) })}
        </p>
        {wrong && (
          <p className="ds-c-inline-error p-flat" id="import-error" role="alert">
            {wrong}
          </p>
        )}
        <input
          ref={input}
          id="import-file"
          className="p-file-input"
          type="file"
          accept=".csv,text/csv"
          aria-describedby={described}
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
        <label className="p-file-button" htmlFor="import-file">
          {t('users.import.choose')}
        </label>
        <p className="p-flat p-gap-top" aria-live="polite">
          {file &&
            t('users.import.chosen', { name: file.name, size: formatSize(language, file.size) })}
        </p>
      </div>
      {uploading && (
        <p className="p-flat">
          {t('users.import.uploading', { percent: state.percent })}
          <progress
            className="p-file__bar"
            max={100}
            value={state.percent}
            aria-label={t('users.import.progress', { name: file?.name ?? '' })}
          />
        </p>
      )}
      {state.phase === 'failed' && (
        <ProblemAlert
          problem={{
            type: 'about:blank',
            title: '',
            status: 0,
            code: 'interrupted',
            request_id: '',
            detail: t('users.import.interrupted'),
            ...state.problem,
          }}
          heading={t('users.import.problem')}
          autoFocus
        />
      )}
      <div className="p-actions p-user-form__bar">
        <Button variation="solid" aria-disabled={uploading} onClick={() => void upload()}>
          {t('users.import.check')}
        </Button>
      </div>
    </section>
  );
}
