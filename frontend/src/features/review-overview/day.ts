import type { Language } from '../../api/types';

const formats = new Map<Language, Intl.DateTimeFormat>();

/** A day of the plan's calendar, such as 2026-03-31: it has no time zone of the reader's (PLT-2). */
export function dayText(language: Language, day: string): string {
  const format =
    formats.get(language) ??
    new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
      dateStyle: 'medium',
      timeZone: 'UTC',
    });
  formats.set(language, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}
