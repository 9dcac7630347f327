import { useTexts } from '../../texts/context';
import { PdfButton } from './pdf-button';
import { Integrity, SignedForm } from './signed-form';
import type { Nomination, Round } from './types';

function EarlierRound({ nomination, round }: { nomination: Nomination; round: Round }) {
  const { t, instant } = useTexts();
  const { number, ended, at, by, form } = round;
  return (
    <li className="p-entry">
      <h3 className="p-entry__title">{t('nominations.rounds.number', { number })}</h3>
      <p className="p-entry__who">
        {t('nominations.at.sent', { time: instant(round.sent_at) })}
        {round.signed_at && (
          <span>{t('nominations.at.signed', { time: instant(round.signed_at) })}</span>
        )}
      </p>
      {ended && at && (
        <p className="p-flat">
          {t(`nominations.rounds.${ended}`, {
            time: instant(at),
            name: by?.name ?? t('nominations.byJob'),
          })}
        </p>
      )}
      {/* Only ever text (S-IO-01). */}
      {round.reason !== '' && <p className="p-entry__comment">{round.reason}</p>}
      {form && (
        <details className="p-gap-top p-no-print">
          <summary>{t('nominations.rounds.form')}</summary>
          <SignedForm form={form} />
          <Integrity intact={round.form_intact} sha256={round.form_sha256} />
          <div className="p-gap-top">
            <PdfButton nomination={nomination} round={number} />
          </div>
        </details>
      )}
    </li>
  );
}

/** What was sent and signed before this form, kept as it was (ORG-1). */
export function Rounds({ nomination }: { nomination: Nomination }) {
  const { t } = useTexts();
  const { rounds } = nomination;
  if (rounds.length === 0) return null;
  return (
    <section className="p-card" aria-labelledby="nomination-rounds">
      <h2 id="nomination-rounds" className="ds-text-heading--lg p-flat">
        {t('nominations.rounds')}
      </h2>
      <ol className="p-plain p-gap-top">
        {rounds.map((round) => (
          <EarlierRound key={round.number} nomination={nomination} round={round} />
        ))}
      </ol>
    </section>
  );
}
