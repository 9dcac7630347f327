import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { useWavesToChoose } from './queries';

interface Props {
  id: string;
  value: string | null;
  /** The one that the practice is in: it may be on no page that was read, or have ended. */
  known: { id: string; name: string } | null;
  error?: string | undefined;
  onChange: (waveId: string | null) => void;
}

/** Which wave a practice comes aboard with, if any (ORG-2). */
export function WaveField({ id, value, known, error, onChange }: Props) {
  const { t } = useTexts();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useWavesToChoose();
  const open = data?.pages.flatMap(({ items }) => items).filter(({ state }) => state !== 'ended');
  const offered = (open ?? []).filter((wave) => wave.id !== known?.id);
  const described = [`${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={`p-group ${error ? 'p-field--error' : ''}`}>
      <label className="ds-c-label" htmlFor={id}>
        {t('organizations.wave')}
      </label>
      <p className="ds-c-hint p-flat" id={`${id}-hint`}>
        {t('organizations.waveHint')}
      </p>
      {error && (
        <p className="ds-c-inline-error p-flat" id={`${id}-error`}>
          {error}
        </p>
      )}
      <select
        id={id}
        className="ds-c-field"
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      >
        <option value="">{t('organizations.waveNone')}</option>
        {known && <option value={known.id}>{known.name}</option>}
        {offered.map((wave) => (
          <option key={wave.id} value={wave.id}>
            {wave.name}
          </option>
        ))}
      </select>
      {hasNextPage && (
        <Button
          size="small"
          className="p-gap-top"
          aria-disabled={isFetchingNextPage}
          onClick={() => !isFetchingNextPage && void fetchNextPage()}
        >
          {t('waves.more')}
        </Button>
      )}
    </div>
  );
}
