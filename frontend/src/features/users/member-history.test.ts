import { describe, expect, it } from 'vitest';
import { translate } from '../../texts';
import '../../texts/users';
import { authorText, changeText } from './member-history';

const en = (
  ...given: Parameters<typeof translate> extends [unknown, ...infer Rest] ? Rest : never
) => translate('en', ...given);

describe('the comments history (ACC-4)', () => {
  it('says from what to what in words', () => {
    expect(
      changeText(en, { field: 'access_levels', from: ['claims'], to: ['eligibility', 'claims'] }),
    ).toBe('Access levels: from Claims to Claims, Eligibility');
    expect(changeText(en, { field: 'status', from: 'active', to: 'disabled' })).toBe(
      'Status: from Active to Disabled',
    );
    expect(changeText(en, { field: 'status', from: null, to: 'unverified' })).toBe(
      'Status: Unverified',
    );
  });

  it('tells nothing ticked from no limit (ACC-7)', () => {
    expect(changeText(en, { field: 'access_levels', from: ['claims'], to: [] })).toBe(
      'Access levels: from Claims to None',
    );
    expect(changeText(en, { field: 'providers', from: ['1234567893'], to: [] })).toBe(
      'Providers: from 1234567893 to All providers of the practice',
    );
  });

  it('says that enrollment mailed the registration link again (ORG-1)', () => {
    expect(changeText(en, { field: 'invitation', from: null, to: 'sent' })).toBe(
      'Registration email: sent again',
    );
  });

  it('says of the clocks that it was the portal, and why', () => {
    const by = (name: string, email = '') => authorText(en, { name, email });
    expect(by('Lou Sample', 'lou@practice.example')).toBe('Lou Sample (lou@practice.example)');
    expect(by('revalidation_reminders')).toContain('The portal');
    expect(by('unknown_job')).toBe('unknown_job');
  });

  it('shows what it does not know as it came', () => {
    expect(changeText(en, { field: 'access_levels', from: ['<b>'], to: ['{to}'] })).toBe(
      'Access levels: from <b> to {to}',
    );
  });
});
