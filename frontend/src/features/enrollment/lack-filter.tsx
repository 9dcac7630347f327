import { useLocation, useSearch } from 'wouter';
import { FilterSelect } from '../users/list-filters';
import { LACKS } from './types';
import type { ListedLack } from './types';

/** Which practices are listed: from the address, which anybody may have written. */
export function useLack(path: string): [ListedLack | '', (lacks: ListedLack | '') => void] {
  const [, navigate] = useLocation();
  const given = new URLSearchParams(useSearch()).get('lacks');
  const lacks = LACKS.find((each) => each === given) ?? '';
  return [lacks, (next) => navigate(next ? `${path}?lacks=${next}` : path, { replace: true })];
}

interface Props {
  label: string;
  value: ListedLack | '';
  onChange: (lacks: ListedLack | '') => void;
}

export function LackFilter({ label, value, onChange }: Props) {
  return (
    <div className="p-users-filters p-aboard__filters" role="search" aria-label={label}>
      <FilterSelect
        id="onboarding-lacks"
        label="onboarding.show"
        value={value}
        values={LACKS}
        textOf={(lack) => `onboarding.lacks.${lack}`}
        onChange={onChange}
      />
    </div>
  );
}
