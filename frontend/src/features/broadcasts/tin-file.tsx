import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { MOST_BYTES, MOST_PRACTICES, readTins } from './tins';
import type { TinList } from './tins';

const SHOWN = 5;
export const TINS_ID = 'broadcast-tins';

interface Props {
  list: TinList | null;
  error: string | undefined;
  onRead: (list: TinList | null) => void;
}

/** The list of practices: read here, so that what is wrong with it is told before anything is sent. */
export function TinFile({ list, error, onRead }: Props) {
  const { t, tn } = useTexts();
  const [name, setName] = useState('');
  const choose = async (file: File | undefined) => {
    setName(file?.name ?? '');
    onRead(file && file.size <= MOST_BYTES ? readTins(await file.text()) : null);
  };
  return (
    <div className={`p-field ${error ? 'p-field--error' : ''}`}>
      <label className="ds-c-label" htmlFor={TINS_ID}>
        {t('broadcast.file')}
      </label>
      <p className="ds-c-hint p-flat" id="broadcast-tins-hint">
        {t('broadcast.fileHint', { max: MOST_PRACTICES })}
      </p>
      {error && (
        <p className="ds-c-inline-error p-flat" id="broadcast-tins-error">
          {error}
        </p>
      )}
      <input
        id={TINS_ID}
        className="p-file-input"
        type="file"
        accept=".csv,text/csv,.txt,text/plain"
        aria-describedby={`broadcast-tins-hint${error ? ' broadcast-tins-error' : ''}`}
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <label className="p-file-button" htmlFor={TINS_ID}>
        {t('broadcast.choose')}
      </label>
      <div aria-live="polite">
        {list && (
          <p className="p-flat p-gap-top">
            {name}: {tn('broadcast.found', list.tins.length)}
            {list.repeated > 0 && ` ${tn('broadcast.repeated', list.repeated)}`}
          </p>
        )}
        {list && list.wrong.length > 0 && (
          <>
            <p className="p-flat">{tn('broadcast.wrong', list.wrong.length)}</p>
            <ul>
              {list.wrong.slice(0, SHOWN).map(({ line, value }) => (
                <li key={line}>{t('broadcast.line', { line, value: value.slice(0, 40) })}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
