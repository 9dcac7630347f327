import type { Details, Profile } from './types';

/** What was typed and differs from what the portal last told, with the spaces around it gone; it is also what is sent. */
export function settled(profile: Profile, edit: Partial<Details>): Partial<Details> | null {
  const next: Partial<Details> = {};
  const { name, phone, language } = edit;
  if (name !== undefined && name.trim() !== profile.name) next.name = name.trim();
  if (phone !== undefined && phone.trim() !== profile.phone) next.phone = phone.trim();
  if (language !== undefined && language !== profile.language) next.language = language;
  return Object.keys(next).length > 0 ? next : null;
}
