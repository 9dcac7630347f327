import type { Language } from '../api/types';
import en from './en.json';
import es from './es.json';
import type credentialsEn from './credentials.en.json';
import type composeEn from './compose.en.json';
import type usersEn from './users.en.json';
import type accessEn from './access.en.json';
import type attentionEn from './attention.en.json';
import type stopsEn from './stops.en.json';
import type signInEn from './sign-in.en.json';
import type staffEn from './staff.en.json';
import type planEn from './plan.en.json';
import type deskEn from './desk.en.json';
import type registerEn from './register.en.json';
import type workEn from './work.en.json';
import type profileEn from './profile.en.json';
import type helpdeskEn from './helpdesk.en.json';
import type messagesEn from './messages.en.json';
import type retentionEn from './retention.en.json';
import type reviewsEn from './reviews.en.json';
import type overviewEn from './overview.en.json';
import type sharingEn from './sharing.en.json';
import type enrollmentEn from './enrollment.en.json';
import type directoryEn from './directory.en.json';
import type phasesEn from './phases.en.json';
import type nominateEn from './nominate.en.json';
import type nominationsEn from './nominations.en.json';

/** Texts that come with the pages that show them; see `addTexts`. */
type Later = typeof composeEn &
  typeof credentialsEn &
  typeof usersEn &
  typeof registerEn &
  typeof workEn &
  typeof accessEn &
  typeof attentionEn &
  typeof stopsEn &
  typeof signInEn &
  typeof staffEn &
  typeof planEn &
  typeof deskEn &
  typeof profileEn &
  typeof helpdeskEn &
  typeof messagesEn &
  typeof retentionEn &
  typeof reviewsEn &
  typeof overviewEn &
  typeof sharingEn &
  typeof enrollmentEn &
  typeof directoryEn &
  typeof phasesEn &
  typeof nominateEn &
  typeof nominationsEn;
type Catalogue = typeof en & Later;
export type TextKey = keyof Catalogue;
/** Keys that exist as `key.one` and `key.other`. */
export type PluralKey = TextKey extends infer K
  ? K extends `${infer Base}.other`
    ? Base
    : never
  : never;
export type Params = Record<string, string | number>;

// The annotation is the check: Spanish must have every key that English has (PLT-1).
const first: Record<Language, typeof en> = { en, es };
const catalogues = first as Record<Language, Catalogue>;

/** Adds the texts of pages that are loaded on demand: the first load has a budget. */
export function addTexts<Part extends Partial<Later>>(texts: Record<Language, Part>) {
  for (const language of ['en', 'es'] as const) {
    catalogues[language] = { ...catalogues[language], ...texts[language] };
  }
}

export function translate(language: Language, key: TextKey, params: Params = {}): string {
  return catalogues[language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

export function translatePlural(
  language: Language,
  key: PluralKey,
  count: number,
  params: Params = {},
): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  return translate(language, `${key}.${form}` as TextKey, { count, ...params });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using it. */
function formatOf(language: Language, timeZone: string | undefined): Intl.DateTimeFormat {
  const name = `${language} ${timeZone ?? ''}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  });
  formats.set(name, made);
  return made;
}

/** Time in the reader's own time zone, always with the zone's name (PLT-2). */
export const formatInstant = (language: Language, iso: string, timeZone?: string): string =>
  formatOf(language, timeZone).format(new Date(iso));
