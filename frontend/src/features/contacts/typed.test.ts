import { describe, expect, it } from 'vitest';
import { contactsIn, namedAs, typedOf } from './typed';

const NETWORK = { topic: 'network', phone: '', email: 'network@plan.example' };

describe('PLT-6: contacts as they are typed', () => {
  it('has room for every topic and sends those that have something', () => {
    const typed = typedOf([NETWORK, { ...NETWORK, topic: 'Words of before' }]);
    expect(Object.keys(typed)).toHaveLength(5);
    expect(contactsIn(typed)).toEqual([
      { topic: 'network', phone: null, email: 'network@plan.example' },
    ]);
  });

  it('finds the field of a problem', () => {
    const sent = contactsIn(typedOf([NETWORK]));
    expect(namedAs({ 'contacts/0/email': 'Wrong' }, sent)).toEqual({ 'network-email': 'Wrong' });
  });
});
