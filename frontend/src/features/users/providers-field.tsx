import { Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { ChoiceGroup } from './choice-fields';

interface Props {
  id: string;
  /** Those that are chosen; empty stands for all (ACC-7). */
  providers: readonly string[];
  npis: readonly string[];
  error?: string | undefined;
  onChange: (providers: string[]) => void;
}

/** All providers of the practice, or only some of them (ACC-7). */
export function ProvidersField({ id, providers, npis, error, onChange }: Props) {
  const { t } = useTexts();
  // "Only these" with nothing ticked yet is a state of the field alone: nothing is limited before one is chosen.
  const [choosing, setChoosing] = useState(false);
  const limited = choosing || providers.length > 0;
  const offered = [...new Set([...npis, ...providers])];
  return (
    <ChoiceGroup
      id={id}
      legend={t('users.providers')}
      hint={t('users.providers.hint')}
      error={error ?? (limited && providers.length === 0 ? t('users.providers.choose') : undefined)}
    >
      <Choice
        type="radio"
        name={id}
        value="all"
        label={t('users.providers.all')}
        checked={!limited}
        onChange={() => {
          setChoosing(false);
          onChange([]);
        }}
      />
      <Choice
        type="radio"
        name={id}
        value="some"
        label={t('users.providers.some')}
        checked={limited}
        onChange={() => setChoosing(true)}
      />
      {limited && (
        <div className="p-group__inner" role="group" aria-label={t('users.providers.npis')}>
          {offered.map((npi) => (
            <Choice
              key={npi}
              type="checkbox"
              size="small"
              name={`${id}-${npi}`}
              value={npi}
              label={npi}
              checked={providers.includes(npi)}
              onChange={(event) => {
                setChoosing(true);
                onChange(
                  event.target.checked
                    ? [...providers, npi]
                    : providers.filter((other) => other !== npi),
                );
              }}
            />
          ))}
        </div>
      )}
    </ChoiceGroup>
  );
}
