import { Alert, Button } from '@cmsgov/design-system';
import { Link } from 'wouter';
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
      {problem.access_level && (
        <p className="p-gap-top p-flat">
          <Link href={`/features/${encodeURIComponent(problem.access_level)}`}>
            {t('app.getAccess')}
          </Link>
        </p>
      )}
      {retry && (
        <Button size="small" className="p-gap-top" onClick={retry}>
          {t('app.tryAgain')}
        </Button>
      )}
    </Alert>
  );
}
