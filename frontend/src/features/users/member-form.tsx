import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { patchMember } from './calls';
import { ChoiceGroup, LevelsField, RoleField } from './choice-fields';
import { CommentField, commentProblem } from './comment-field';
import { patchOf, settled, valuesOf } from './member-edit';
import type { MemberEdit } from './member-edit';
import { ADMINISTRATORS } from './paths';
import { ProvidersField } from './providers-field';
import { useChanged } from './queries';
import type { Member } from './types';

const FIELDS = ['role', 'access_levels', 'providers', 'comment'];
const idOf = (field: string) => `user-${field}`;

interface Props {
  member: Member;
  edit: MemberEdit;
  onEdit: (edit: MemberEdit | null) => void;
  onSaved: (sent: MemberEdit, after: Member) => void;
  onStale: () => void;
}

/** What is wrong before anything is sent. */
function wrongIn(t: Texts['t'], edit: MemberEdit, unlimited: boolean) {
  const comment = commentProblem(t, edit.comment ?? '', false);
  return {
    ...(unlimited ? { providers: t('users.providers.choose') } : {}),
    ...(comment ? { comment } : {}),
  };
}

function useSave({ member, edit, onSaved }: Props, unlimited: boolean) {
  const { t } = useTexts();
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const save = async () => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    setStale(false);
    const fields = wrongIn(t, edit, unlimited);
    const isWrong = Object.keys(fields).length > 0;
    if (isWrong || !settled(member, edit)) {
      setOutcome({ fields, details: isWrong ? [] : [t('users.update.nothing')], attempt });
      return;
    }
    setBusy(true);
    try {
      const after = await patchMember(member.id, member.version, patchOf(member, edit));
      setOutcome(NOTHING_WRONG);
      onSaved(edit, after);
      changed.member(after);
      flash.here(t('users.update.saved'));
      window.scrollTo(0, 0);
    } catch (error) {
      const problem = problemOf(error);
      setStale(problem.status === 412);
      setOutcome(outcomeOf(problem, FIELDS, attempt));
    } finally {
      setBusy(false);
    }
  };
  const settle = () => {
    setStale(false);
    setOutcome(NOTHING_WRONG);
  };
  return { save, busy, stale, outcome, settle };
}

/** The seat of the local administrator moves by handover only (ORG-5). */
function SeatRole() {
  const { t } = useTexts();
  return (
    <ChoiceGroup id={idOf('role')} legend={t('users.role')}>
      <p className="p-flat p-strong">{t('users.role.local_administrator')}</p>
      <p className="p-flat p-muted">
        {t('users.role.about.local_administrator')}{' '}
        <Link href={ADMINISTRATORS}>{t('users.administrators')}</Link>
      </p>
    </ChoiceGroup>
  );
}

/** Role, access levels, providers and a comment, saved together (ACC-4). */
export function MemberForm(props: Props) {
  const { member, edit, onEdit, onStale } = props;
  const { t } = useTexts();
  const values = valuesOf(member, edit);
  // "Only these providers" with none ticked yet: nothing that could be saved.
  const [limited, setLimited] = useState(false);
  const unlimited = limited && values.providers.length === 0;
  const { save, busy, stale, outcome, settle } = useSave(props, unlimited);
  const unsaved = settled(member, edit) !== null;
  const change = (part: MemberEdit) => onEdit({ ...edit, ...part });
  const error = (name: string) => outcome.fields[name];
  return (
    <form
      noValidate
      className="p-card p-no-print"
      aria-labelledby="user-access"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="user-access" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('users.update.access')}
      </h2>
      <FormSummary
        heading={t(
          Object.keys(outcome.fields).length > 0 ? 'users.update.summary' : 'users.update.problem',
        )}
        outcome={outcome}
        idOf={idOf}
      >
        {stale && (
          <>
            <p className="p-gap-top p-flat">{t('users.update.loadAnewHint')}</p>
            <Button
              size="small"
              className="p-gap-top"
              onClick={() => {
                settle();
                onStale();
              }}
            >
              {t('users.update.loadAnew')}
            </Button>
          </>
        )}
      </FormSummary>
      {member.role === 'local_administrator' ? (
        <SeatRole />
      ) : (
        <RoleField
          id={idOf('role')}
          role={values.role}
          roles={['general_user', 'backup_administrator']}
          error={error('role')}
          onChange={(role) => change({ role })}
        />
      )}
      <LevelsField
        id={idOf('access_levels')}
        held={values.access_levels}
        entitled={member.entitlements}
        before={member.access_levels}
        managesAccount={values.role !== 'general_user'}
        error={error('access_levels')}
        onToggle={(level, held) => change({ levels: { ...edit.levels, [level]: held } })}
      />
      <ProvidersField
        id={idOf('providers')}
        providers={values.providers}
        npis={member.npis}
        limited={limited || values.providers.length > 0}
        error={error('providers')}
        onChange={(providers, only) => {
          setLimited(only);
          change({ providers });
        }}
      />
      <CommentField
        id={idOf('comment')}
        label={t('users.comment.optional')}
        value={values.comment}
        error={error('comment')}
        onChange={(comment) => change({ comment })}
      />
      <div className="p-actions p-user-form__bar">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'users.update.saving' : 'users.update.save')}
        </Button>
        {unsaved && (
          <Button
            variation="ghost"
            onClick={() => {
              settle();
              setLimited(false);
              onEdit(null);
              document.getElementById('user-access')?.focus();
            }}
          >
            {t('users.update.discard')}
          </Button>
        )}
        <span className="p-muted" role="status">
          {unsaved && t('users.update.unsaved')}
        </span>
      </div>
    </form>
  );
}
