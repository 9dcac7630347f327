import { Alert, Button } from '@cmsgov/design-system';
import { Link } from 'wouter';
import type { Problem } from '../api/types';
import { useTexts } from '../texts/context';
import { waitInWords } from './wait';

interface Props {
  problem: Problem;
  heading?: string;
  retry?: (() => void) | undefined;
  /** Seconds, where the portal asks for a wait. */
  wait?: number | null;
  autoFocus?: boolean;
}

/** A problem in the portal's own words, which say what to do next (PLT-3). */
export function ProblemAlert({ problem, heading, retry, wait, autoFocus }: Props) {
  const { t, language } = useTexts();
  return (
    <Alert variation="error" autoFocus={autoFocus ?? false} {...(heading ? { heading } : {})}>
      <p className="p-flat">
        {problem.detail}
        {wait != null && ` ${t('app.retryIn', { wait: waitInWords(language, wait) })}`}
      </p>
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
