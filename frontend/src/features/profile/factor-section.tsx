import { Button } from '@cmsgov/design-system';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { RecoveryCodes } from '../credentials/recovery-codes';
import { postFactor, postRecoveryCodes } from './calls';
import { ConfirmFactorForm, RemoveFactorForm } from './factor-forms';
import { useProfileChanged } from './queries';
import { focusSection, Section, tellDone } from './section';
import type { Candidate, Profile } from './types';
import { useHolds } from './unsaved';

type Doing =
  | null
  | { what: 'setting up'; candidate: Candidate }
  | { what: 'removing' }
  | { what: 'keeping codes'; codes: readonly string[]; message: string };

function State({ profile }: { profile: Profile }) {
  const { t, tn, instant } = useTexts();
  const { factor, factor_required: required } = profile;
  if (!factor) return <p>{t('profile.factor.off')}</p>;
  return (
    <p>
      {t('profile.factor.since', { time: instant(factor.enrolled_at) })}{' '}
      {tn('profile.factor.codesLeft', factor.recovery_codes_left)}{' '}
      {required && t('profile.factor.required')}
    </p>
  );
}

interface KeepProps {
  codes: readonly string[];
  message: string;
  onKept: () => void;
}

function KeepCodes({ codes, message, onKept }: KeepProps) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useHolds('factor', true);
  return (
    <>
      <h3 className="ds-text-heading--md p-profile__codes" tabIndex={-1} ref={heading}>
        {t('codes.title')}
      </h3>
      <p className="p-strong">{message}</p>
      <RecoveryCodes codes={codes} onKept={onKept} />
    </>
  );
}

interface ButtonsProps {
  profile: Profile;
  busy: boolean;
  onSetUp: () => void;
  onCodes: () => void;
  onRemove: () => void;
}

function Buttons({ profile, busy, onSetUp, onCodes, onRemove }: ButtonsProps) {
  const { t } = useTexts();
  const enrolled = profile.factor !== null;
  return (
    <div className="p-actions p-gap-top">
      <Button aria-disabled={busy} onClick={onSetUp}>
        {t(enrolled ? 'profile.factor.replace' : 'profile.factor.set')}
      </Button>
      {enrolled && (
        <Button aria-disabled={busy} onClick={onCodes}>
          {t('profile.codes.make')}
        </Button>
      )}
      {enrolled && !profile.factor_required && (
        <Button className="p-button--danger" aria-disabled={busy} onClick={onRemove}>
          {t('profile.factor.remove')}
        </Button>
      )}
    </div>
  );
}

/** Codes of an app on one's telephone, and those for when it is lost (CRD-9). */
export function FactorSection({ profile }: { profile: Profile }) {
  const { t } = useTexts();
  const changed = useProfileChanged();
  const [doing, setDoing] = useState<Doing>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const start = async (begin: () => Promise<Doing>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      setDoing(await begin());
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const stop = () => {
    setDoing(null);
    focusSection('factor');
  };
  const keep = (codes: readonly string[], message: string) => {
    setDoing({ what: 'keeping codes', codes, message });
    changed();
  };
  const makeCodes = () =>
    start(async () => {
      const { recovery_codes: codes } = await postRecoveryCodes();
      changed();
      return { what: 'keeping codes', codes, message: t('profile.codes.replaced') };
    });
  return (
    <Section name="factor">
      <p>{t('profile.factor.about')}</p>
      <State profile={profile} />
      {problem && <ProblemAlert problem={problem} heading={t('profile.problem')} autoFocus />}
      {doing === null && (
        <Buttons
          profile={profile}
          busy={busy}
          onSetUp={() =>
            void start(async () => ({ what: 'setting up', candidate: await postFactor() }))
          }
          onCodes={() => void makeCodes()}
          onRemove={() => setDoing({ what: 'removing' })}
        />
      )}
      {doing?.what === 'setting up' && (
        <ConfirmFactorForm
          candidate={doing.candidate}
          onCodes={(codes) => keep(codes, t('profile.factor.done'))}
          onCancel={stop}
        />
      )}
      {doing?.what === 'removing' && (
        <RemoveFactorForm
          onCancel={stop}
          onDone={() => {
            setDoing(null);
            changed();
            tellDone('factor', t('profile.factor.removed'));
          }}
        />
      )}
      {doing?.what === 'keeping codes' && (
        <KeepCodes codes={doing.codes} message={doing.message} onKept={stop} />
      )}
    </Section>
  );
}
