import type { Contact } from '../../api/types';
import { TOPICS } from './calls';
import type { ContactBody, Topic } from './calls';

export const NAMES = ['phone', 'email'] as const;

export type Typed = Record<Topic, { phone: string; email: string }>;

/** What is kept, with room for every topic. */
export function typedOf(contacts: readonly Contact[]): Typed {
  const of = (topic: Topic) => {
    const kept = contacts.find((one) => one.topic === topic);
    return { phone: kept?.phone ?? '', email: kept?.email ?? '' };
  };
  return Object.fromEntries(TOPICS.map((topic) => [topic, of(topic)])) as Typed;
}

/** The topics that have something. */
export function contactsIn(typed: Typed): ContactBody[] {
  return TOPICS.flatMap((topic) => {
    const phone = typed[topic].phone.trim() || null;
    const email = typed[topic].email.trim() || null;
    return phone || email ? [{ topic, phone, email }] : [];
  });
}

/** Problems of places in what was sent, by the names of the fields on the page. */
export function namedAs(
  fields: Readonly<Record<string, string>>,
  sent: readonly ContactBody[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, text]) => {
      const [, place, name] = field.split('/');
      return [`${sent[Number(place)]?.topic ?? ''}-${name ?? ''}`, text];
    }),
  );
}
