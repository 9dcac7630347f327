import { describe, expect, it } from 'vitest';
import { alike } from './phase-words';
import type { PhaseView } from './phase-words';

const phase = (feature: PhaseView['feature'], on_date: string | null, note = ''): PhaseView => ({
  feature,
  state: 'coming',
  on_date,
  last_day: null,
  note,
});

describe('ORG-8: what a card tells of the features behind it', () => {
  it('tells once what holds for all of them', () => {
    expect(alike([phase('claims', null), phase('eobs', null)])).toHaveLength(1);
  });

  it('tells apart what differs by date or note', () => {
    const claims = phase('claims', '2026-04-01');
    expect(alike([claims, phase('eobs', '2026-05-01')])).toHaveLength(2);
    expect(alike([claims, phase('eobs', '2026-04-01', 'Later')])).toHaveLength(2);
  });
});
