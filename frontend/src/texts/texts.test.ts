import { describe, expect, it } from 'vitest';
import accessEn from './access.en.json';
import accessEs from './access.es.json';
import composeEn from './compose.en.json';
import composeEs from './compose.es.json';
import credentialsEn from './credentials.en.json';
import credentialsEs from './credentials.es.json';
import firstEn from './en.json';
import firstEs from './es.json';
import helpdeskEn from './helpdesk.en.json';
import helpdeskEs from './helpdesk.es.json';
import { formatInstant, translate, translatePlural } from './index';
import messagesEn from './messages.en.json';
import messagesEs from './messages.es.json';
import retentionEn from './retention.en.json';
import retentionEs from './retention.es.json';
import reviewsEn from './reviews.en.json';
import reviewsEs from './reviews.es.json';
import overviewEn from './overview.en.json';
import overviewEs from './overview.es.json';
import sharingEn from './sharing.en.json';
import sharingEs from './sharing.es.json';
import enrollmentEn from './enrollment.en.json';
import enrollmentEs from './enrollment.es.json';
import nominateEn from './nominate.en.json';
import nominateEs from './nominate.es.json';
import nominationsEn from './nominations.en.json';
import nominationsEs from './nominations.es.json';
import profileEn from './profile.en.json';
import profileEs from './profile.es.json';
import registerEn from './register.en.json';
import registerEs from './register.es.json';
import signInEn from './sign-in.en.json';
import signInEs from './sign-in.es.json';
import staffEn from './staff.en.json';
import planEn from './plan.en.json';
import deskEn from './desk.en.json';
import staffEs from './staff.es.json';
import planEs from './plan.es.json';
import deskEs from './desk.es.json';
import usersEn from './users.en.json';
import usersEs from './users.es.json';
import workEn from './work.en.json';
import workEs from './work.es.json';

const en = {
  ...firstEn,
  ...composeEn,
  ...credentialsEn,
  ...usersEn,
  ...workEn,
  ...accessEn,
  ...signInEn,
  ...staffEn,
  ...planEn,
  ...deskEn,
  ...registerEn,
  ...profileEn,
  ...helpdeskEn,
  ...messagesEn,
  ...retentionEn,
  ...reviewsEn,
  ...overviewEn,
  ...sharingEn,
  ...enrollmentEn,
  ...nominateEn,
  ...nominationsEn,
};
const es = {
  ...firstEs,
  ...composeEs,
  ...credentialsEs,
  ...usersEs,
  ...workEs,
  ...accessEs,
  ...signInEs,
  ...staffEs,
  ...planEs,
  ...deskEs,
  ...registerEs,
  ...profileEs,
  ...helpdeskEs,
  ...messagesEs,
  ...retentionEs,
  ...reviewsEs,
  ...overviewEs,
  ...sharingEs,
  ...enrollmentEs,
  ...nominateEs,
  ...nominationsEs,
};

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('catalogues (PLT-1)', () => {
  it('say each thing in one file only', () => {
    const keys = [
      firstEn,
      composeEn,
      credentialsEn,
      signInEn,
      usersEn,
      workEn,
      accessEn,
      staffEn,
      planEn,
      deskEn,
      registerEn,
      profileEn,
      helpdeskEn,
      messagesEn,
    ].flatMap((file) => Object.keys(file));
    expect(keys.length).toBe(new Set(keys).size);
  });

  it('have the same keys in the same order', () => {
    expect(Object.keys(es)).toEqual(Object.keys(en));
  });

  it('have no empty text and the same placeholders', () => {
    for (const [key, text] of Object.entries(en)) {
      const other = (es as Record<string, string>)[key] ?? '';
      expect(other.trim(), key).not.toBe('');
      expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });

  it('have both plural forms', () => {
    for (const key of Object.keys(en)) {
      if (key.endsWith('.one')) expect(en).toHaveProperty([key.replace(/\.one$/, '.other')]);
      if (key.endsWith('.other')) expect(en).toHaveProperty([key.replace(/\.other$/, '.one')]);
    }
  });
});

describe('translate', () => {
  it('fills placeholders once and never as markup or pattern', () => {
    expect(translate('en', 'nav.welcome', { name: '$& {name} <b>' })).toBe(
      'Welcome, $& {name} <b>',
    );
  });

  it('chooses the plural form', () => {
    expect(translatePlural('en', 'home.unread', 1)).toBe('1 unread message');
    expect(translatePlural('en', 'home.unread', 0)).toBe('0 unread messages');
    expect(translatePlural('es', 'home.unread', 2)).toBe('2 mensajes sin leer');
  });
});

describe('formatInstant (PLT-2)', () => {
  it('shows the time in the zone of the reader with its name', () => {
    const iso = '2026-11-22T03:05:00.123456Z';
    expect(formatInstant('en', iso, 'America/New_York')).toBe('Nov 21, 2026, 10:05 PM EST');
    expect(formatInstant('es', iso, 'America/Chicago')).toContain('CST');
  });
});
