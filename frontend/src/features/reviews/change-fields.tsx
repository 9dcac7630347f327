import { problemOf } from '../../api/client';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { LevelsField, RoleField } from '../users/choice-fields';
import { valuesOf } from '../users/member-edit';
import type { MemberEdit } from '../users/member-edit';
import { ProvidersField } from '../users/providers-field';
import { useMember } from '../users/queries';
import type { Card } from './types';

interface Props {
  card: Card;
  change: MemberEdit;
  limited: boolean;
  idOf: (field: string) => string;
  errorOf: (field: string) => string | undefined;
  onChange: (change: MemberEdit) => void;
  onLimited: (limited: boolean) => void;
}

/** Role, access levels and providers in the card itself (REV-3). */
export function ChangeFields(props: Props) {
  const { card, change, limited, idOf, errorOf, onChange, onLimited } = props;
  const { t } = useTexts();
  // What the practice may grant, and its NPIs, are told with each account, so with one's own too.
  const own = useMember(useSession().membership?.id ?? '');
  if (own.error && !own.data) {
    return <ProblemAlert problem={problemOf(own.error)} retry={() => void own.refetch()} />;
  }
  if (!own.data) return <Loading />;
  const values = valuesOf(card, change);
  return (
    <>
      {card.role === 'local_administrator' ? (
        <p className="p-flat p-gap-top">
          <span className="p-strong">{t('users.role.local_administrator')}</span>{' '}
          <span className="p-muted">{t('users.role.about.local_administrator')}</span>
        </p>
      ) : (
        <RoleField
          id={idOf('role')}
          role={values.role}
          roles={['general_user', 'backup_administrator']}
          error={errorOf('role')}
          onChange={(role) => onChange({ ...change, role })}
        />
      )}
      <LevelsField
        id={idOf('access_levels')}
        held={values.access_levels}
        entitled={own.data.entitlements}
        before={card.access_levels}
        error={errorOf('access_levels')}
        onToggle={(level, held) =>
          onChange({ ...change, levels: { ...change.levels, [level]: held } })
        }
      />
      <ProvidersField
        id={idOf('providers')}
        providers={values.providers}
        npis={own.data.npis}
        limited={limited || values.providers.length > 0}
        error={errorOf('providers')}
        onChange={(providers, only) => {
          onLimited(only);
          onChange({ ...change, providers });
        }}
      />
    </>
  );
}
