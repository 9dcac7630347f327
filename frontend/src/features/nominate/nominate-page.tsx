import { useEffect, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Language } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { isGone } from '../register/link-problems';
import type { Looked } from '../register/use-look';
import { lookAtForm } from './calls';
import { FormGone } from './form-gone';
import { NominateForm } from './nominate-form';
import { SignedPage } from './signed-page';
import type { Signed } from './signed-page';
import type { FormToSign } from './types';

/** The form in a language: the words to agree to come with it. */
export interface Shown {
  form: FormToSign;
  language: Language;
}

/** What a link opens, asked for anew when another language is chosen; what was typed stays meanwhile. */
function useShown(token: string) {
  const { language } = useTexts();
  const [looked, setLooked] = useState<Looked<Shown>>({ step: 'looking' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    lookAtForm(token)
      .then((form) => wanted && setLooked({ step: 'found', view: { form, language } }))
      .catch((error: unknown) => {
        if (!wanted) return;
        const problem = problemOf(error);
        setLooked((before) => {
          if (isGone(problem)) return { step: 'gone' };
          return before.step === 'found' ? before : { step: 'failed', problem };
        });
      });
    return () => {
      wanted = false;
    };
  }, [token, language, tries]);
  return {
    looked,
    again: () => setTries((before) => before + 1),
    gone: () => setLooked({ step: 'gone' }),
  };
}

/** The chief executive names the local administrator by a mailed link (ORG-1). */
export function NominatePage({ token }: { token: string }) {
  const { t } = useTexts();
  const { looked, again, gone } = useShown(token);
  const [signed, setSigned] = useState<Signed | null>(null);
  if (signed) return <SignedPage signed={signed} />;
  switch (looked.step) {
    case 'looking':
      return <Loading />;
    case 'gone':
      return <FormGone />;
    case 'failed':
      return (
        <Page title={t('nominate.title')} className="p-register">
          <ProblemAlert problem={looked.problem} retry={again} />
        </Page>
      );
    case 'found':
      return (
        <NominateForm
          token={token}
          shown={looked.view}
          onSigned={setSigned}
          onGone={gone}
          onStale={again}
        />
      );
  }
}
