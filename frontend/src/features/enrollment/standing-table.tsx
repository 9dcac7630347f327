import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { LackTag } from './lack-tag';
import { organizationPath, wavePath } from './paths';
import type { Lack, Standing } from './types';

type Row = Pick<Standing, 'organization' | 'since'> &
  Partial<Pick<Standing, 'wave' | 'chased'>> & { lacks: Lack };

interface Props {
  caption: string;
  rows: readonly Row[];
  /** Whether the rows are of any wave. */
  waves?: boolean;
}

function StandingLine({ row, waves }: { row: Row; waves: boolean }) {
  const { t, instant } = useTexts();
  const { organization, wave, lacks, since, chased } = row;
  return (
    <tr className="p-row">
      <td className="p-aboard__name">
        <Link href={organizationPath(organization.id)}>{organization.name}</Link>
        <span className="p-overview__tin">
          {t('organizations.tinOf', { tin: organization.tin })}
        </span>
      </td>
      <td>
        <LackTag lacks={lacks} />
      </td>
      <td>
        <span className="p-aboard__label">{t('onboarding.since')} </span>
        {instant(since)}
        {chased ? (
          <span className="p-muted p-aboard__line">{t('onboarding.chased', { days: chased })}</span>
        ) : null}
      </td>
      {waves && (
        <td>
          {wave && (
            <>
              <span className="p-aboard__label">{t('organizations.wave')}: </span>
              <Link href={wavePath(wave.id)}>{wave.name}</Link>
            </>
          )}
        </td>
      )}
    </tr>
  );
}

/** Practices, and what each lacks first (ORG-1, ORG-3). */
export function StandingTable({ caption, rows, waves = false }: Props) {
  const { t } = useTexts();
  return (
    <table className="p-table p-users p-staff">
      <caption className="ds-u-visibility--screen-reader">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('organizations.name')}</th>
          <th scope="col">{t('onboarding.standing')}</th>
          <th scope="col">{t('onboarding.since')}</th>
          {waves && <th scope="col">{t('organizations.wave')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <StandingLine key={row.organization.id} row={row} waves={waves} />
        ))}
      </tbody>
    </table>
  );
}
