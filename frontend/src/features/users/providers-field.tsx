import { Choice } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { ChoiceGroup } from './choice-fields';

interface Props {
  id: string;
  /** Those that are chosen; empty stands for all (ACC-7). */
  providers: readonly string[];
  npis: readonly string[];
  /** "Only these" is chosen, maybe with none of them yet. */
  limited: boolean;
  error?: string | undefined;
  onChange: (providers: string[], limited: boolean) => void;
}

/** All providers of the practice, or only some of them (ACC-7). */
export function ProvidersField({ id, providers, npis, limited, error, onChange }: Props) {
  const { t } = useTexts();
  const offered = [...new Set([...npis, ...providers])];
  return (
    <ChoiceGroup
      id={id}
      legend={t('users.providers')}
      hint={t('users.providers.hint')}
      error={error}
    >
      <Choice
        type="radio"
        name={id}
        value="all"
        label={t('users.providers.all')}
        checked={!limited}
        onChange={() => onChange([], false)}
      />
      <Choice
        type="radio"
        name={id}
        value="some"
        label={t('users.providers.some')}
        checked={limited}
        onChange={() => onChange([...providers], true)}
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
                const others = providers.filter((other) => other !== npi);
                onChange(event.target.checked ? [...others, npi] : others, true);
              }}
            />
          ))}
        </div>
      )}
    </ChoiceGroup>
  );
}
