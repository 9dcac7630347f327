import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { contentOf } from '../compose/draft-store';
import type { Draft } from '../compose/draft-store';

interface Props {
  draft: Draft;
  onTryAgain: () => void;
  /** Of two versions: which one? */
  onDecide: () => void;
}

function clock(language: string, at: number): string {
  const tag = language === 'es' ? 'es-US' : 'en-US';
  return new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** When the draft was last kept at the portal; whoever can't see it hears of trouble only. */
export function KeptNote({ draft, onTryAgain, onDecide }: Props) {
  const { t, language } = useTexts();
  const { kept, trouble } = draft;
  const failed = trouble?.kind === 'failed';
  return (
    <div className="p-kept">
      <div role="alert">
        {trouble && (
          <p className="p-flat">
            {failed
              ? t('drafts.notKept', { reason: trouble.detail })
              : t(trouble.kind === 'gone' ? 'drafts.gone.title' : 'drafts.changed.title')}
          </p>
        )}
      </div>
      {trouble && (
        <Button size="small" onClick={failed ? onTryAgain : onDecide}>
          {t(failed ? 'drafts.tryAgain' : 'drafts.decide')}
        </Button>
      )}
      {kept && !trouble && (
        <p className="p-flat p-muted">
          {kept.content === contentOf(draft)
            ? t('drafts.keptAt', { time: clock(language, kept.at) })
            : t('drafts.keeping')}
        </p>
      )}
    </div>
  );
}
