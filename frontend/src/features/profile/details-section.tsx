import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useState, useSyncExternalStore } from 'react';
import { keptEdits } from '../../app/kept-edits';
import { translate } from '../../texts';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { ChoiceGroup } from '../users/choice-fields';
import { patchProfile } from './calls';
import { settled } from './details';
import { useProfileChanged } from './queries';
import { FormBar, Section, tellDone } from './section';
import type { Details, Profile } from './types';
import { KEPT } from './unsaved';

const FIELDS = ['name', 'phone', 'language'];
const TEXT_FIELDS = [
  ['name', 'text', 'name'],
  ['phone', 'tel', 'tel'],
] as const;
/** Each in its own words, so that it is found whatever the page speaks. */
const LANGUAGES = [
  ['en', 'English'],
  ['es', 'Español'],
] as const;
const idOf = (field: string) => `details-${field}`;

function useDetails(profile: Profile) {
  const { t, language, choose } = useTexts();
  const changed = useProfileChanged();
  const [stale, setStale] = useState(false);
  const edit: Partial<Details> =
    useSyncExternalStore(keptEdits.subscribe, () => keptEdits.get(KEPT)) ?? {};
  const patch = settled(profile, edit);
  const change = (part: Partial<Details>) => {
    const next = { ...edit, ...part };
    if (settled(profile, next)) keptEdits.put(KEPT, next);
    else keptEdits.drop(KEPT);
  };
  const form = useForm({
    names: FIELDS,
    wrong: () => ({
      ...(patch?.name === '' && { name: t('profile.missing.name') }),
      ...(patch?.phone === '' && { phone: t('profile.missing.phone') }),
    }),
    send: async () => {
      setStale(false);
      if (patch) changed(await patchProfile(profile.version, patch));
    },
    onDone: () => {
      keptEdits.drop(KEPT);
      if (patch?.language) choose(patch.language);
      // The page speaks the new language from now on.
      const key = patch ? 'profile.details.saved' : 'profile.nothing';
      tellDone('details', translate(patch?.language ?? language, key));
    },
    onProblem: ({ status }) => {
      setStale(status === 412);
      return false;
    },
  });
  return { ...form, stale, values: { ...profile, ...edit }, change };
}

/** Name, phone and language. */
export function DetailsSection({ profile }: { profile: Profile }) {
  const { t } = useTexts();
  const changed = useProfileChanged();
  const { values, change, busy, outcome, stale, submit } = useDetails(profile);
  return (
    <Section name="details">
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={() => changed()}>
            {t('profile.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <form
        noValidate
        aria-labelledby="profile-details"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {TEXT_FIELDS.map(([name, type, autoComplete]) => (
          <TextField
            key={name}
            id={idOf(name)}
            name={name}
            type={type}
            label={t(`profile.${name}`)}
            autoComplete={autoComplete}
            spellCheck={false}
            value={values[name]}
            onChange={(event: { target: HTMLInputElement }) =>
              change({ [name]: event.target.value })
            }
            errorMessage={outcome.fields[name]}
            aria-required
          />
        ))}
        <ChoiceGroup
          id={idOf('language')}
          legend={t('profile.language')}
          hint={t('profile.languageHint')}
          error={outcome.fields['language']}
        >
          {LANGUAGES.map(([language, label]) => (
            <Choice
              key={language}
              type="radio"
              name="language"
              value={language}
              label={<span lang={language}>{label}</span>}
              checked={values.language === language}
              onChange={() => change({ language })}
            />
          ))}
        </ChoiceGroup>
        <FormBar submit="profile.save" busy={busy} />
      </form>
    </Section>
  );
}
