import { useTexts } from '../../texts/context';
import { flagsOf } from './flags';
import type { Nomination } from './types';

/** What stands out about a form; none of it is told to the executive (ORG-1). */
export function FlagsCard({ nomination }: { nomination: Nomination }) {
  const { t } = useTexts();
  const { flags, form, tin, npis } = nomination;
  const known = { name: nomination.organization.name, tin, npis };
  const shown = flagsOf(flags, known, (status) => t(`users.status.${status}`));
  if (shown.length === 0 && !form) return null;
  return (
    <section className="p-card p-no-print" aria-labelledby="nomination-flags">
      <h2 id="nomination-flags" className="ds-text-heading--lg p-flat">
        {t('nominations.flags')}
      </h2>
      {shown.length === 0 && <p className="p-flat p-gap-top">{t('nominations.flags.none')}</p>}
      {shown.length > 0 && (
        <ul className="p-nomination__flags">
          {shown.map(({ flag, params }) => (
            <li key={flag}>{t(flag, params)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
