import { Alert, Button } from '@cmsgov/design-system';
import type { Problem } from '../api/types';
import { useTexts } from '../texts/context';

interface Props {
  problem: Problem;
  heading?: string;
  retry?: (() => void) | undefined;
  autoFocus?: boolean;
}

/** A problem in the portal's own words, which say what to do next (PLT-3). */
export function ProblemAlert({ problem, heading, retry, autoFocus }: Props) {
  const { t } = useTexts();
  return (
    <Alert variation="error" autoFocus={autoFocus ?? false} {...(heading ? { heading } : {})}>
      <p className="p-flat">{problem.detail}</p>
      {retry && (
        <Button size="small" className="p-gap-top" onClick={retry}>
          {t('app.tryAgain')}
        </Button>
      )}
    </Alert>
  );
}
