import { describe, expect, it } from 'vitest';
import { outcomeOf } from './form-summary';

const problem = (errors?: { pointer: string; detail: string }[]) => ({
  type: 'about:blank',
  title: 'T',
  status: 422,
  detail: 'In general.',
  code: 'invalid',
  request_id: 'r',
  ...(errors ? { errors: errors.map((error) => ({ code: 'x', ...error })) } : {}),
});

describe('a problem at the fields of a form (PLT-3)', () => {
  it('names every wrong field, and lists what belongs to none', () => {
    const told = problem([
      { pointer: '/email', detail: 'No address.' },
      { pointer: '/access_levels/0', detail: 'Not entitled.' },
      { pointer: '/access_levels/2', detail: 'Not entitled.' },
      { pointer: '/email', detail: 'Looks shared.' },
      { pointer: '/other', detail: 'Elsewhere.' },
    ]);
    expect(outcomeOf(told, ['email', 'access_levels'], 2)).toEqual({
      fields: { email: 'No address. Looks shared.', access_levels: 'Not entitled.' },
      details: ['Elsewhere.'],
      attempt: 2,
    });
  });

  it('says the problem itself when no field is named', () => {
    expect(outcomeOf(problem(), ['email'], 1).details).toEqual(['In general.']);
  });
});
