import { Button, Choice } from '@cmsgov/design-system';
import { useState, useSyncExternalStore } from 'react';
import { keptEdits } from '../../app/kept-edits';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { FormBar, Section, tellDone } from '../profile/section';
import { useForm } from '../register/use-form';
import { ChoiceGroup } from '../users/choice-fields';
import { putNotices } from './calls';
import { settled } from './choices';
import { useNoticesChanged } from './queries';
import type { CategoryNotice, Channel, Choices, Notices } from './types';

/** Under this key choices that are not saved outlive the end of a session. */
export const KEPT = 'notices';

const CHANNELS: readonly Channel[] = ['email', 'online'];
const nameOf = (category: string) => `channels/${category}`;
const idOf = (name: string) => name.replace('/', '-');

function useChannels(notices: Notices) {
  const { t } = useTexts();
  const changed = useNoticesChanged();
  const [stale, setStale] = useState(false);
  const choices: Choices =
    useSyncExternalStore(keptEdits.subscribe, () => keptEdits.get(KEPT)) ?? {};
  const asked = settled(notices, choices);
  const choose = (part: Choices) => {
    const next = { ...choices, ...part };
    if (settled(notices, next)) keptEdits.put(KEPT, next);
    else keptEdits.drop(KEPT);
  };
  const form = useForm({
    names: notices.categories.map(({ category }) => nameOf(category)),
    wrong: () => ({}),
    send: async () => {
      setStale(false);
      if (asked) changed(await putNotices(notices.version, asked));
    },
    onDone: () => {
      keptEdits.drop(KEPT);
      tellDone('channels', t(asked ? 'notices.saved' : 'profile.nothing'));
    },
    onProblem: ({ status }) => {
      setStale(status === 412);
      return false;
    },
  });
  return { ...form, stale, choices, choose };
}

interface CategoryProps {
  notice: CategoryNotice;
  chosen: Channel;
  error?: string | undefined;
  onChoose: (channel: Channel) => void;
}

/** How one is told about something; what has no choice says why. */
function CategoryField({ notice: { category, fixed }, chosen, error, onChoose }: CategoryProps) {
  const { t } = useTexts();
  const id = idOf(nameOf(category));
  return (
    <ChoiceGroup
      id={id}
      legend={t(`notices.${category}`)}
      hint={t(`notices.about.${category}`)}
      error={error}
    >
      {CHANNELS.filter((channel) => !fixed || channel === chosen).map((channel) => (
        <Choice
          key={channel}
          type="radio"
          name={id}
          value={channel}
          label={t(fixed ? 'notices.always' : `notices.${channel}`)}
          checked={chosen === channel}
          disabled={fixed}
          onChange={() => onChoose(channel)}
        />
      ))}
    </ChoiceGroup>
  );
}

/** A channel for each category. */
export function ChannelsSection({ notices }: { notices: Notices }) {
  const { t } = useTexts();
  const changed = useNoticesChanged();
  const { choices, choose, busy, outcome, stale, submit } = useChannels(notices);
  return (
    <Section name="channels">
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={() => changed()}>
            {t('notices.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <form
        noValidate
        aria-labelledby="profile-channels"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {notices.categories.map((notice) => (
          <CategoryField
            key={notice.category}
            notice={notice}
            chosen={choices[notice.category] ?? notice.channel}
            error={outcome.fields[nameOf(notice.category)]}
            onChoose={(channel) => choose({ [notice.category]: channel })}
          />
        ))}
        <FormBar submit="profile.save" busy={busy} />
      </form>
    </Section>
  );
}
