import type { Choices, Notices } from './types';

/** What was chosen and differs from what the portal last told; null when nothing does. */
export function settled({ categories }: Notices, choices: Choices): Choices | null {
  const next: Choices = {};
  for (const { category, channel, fixed } of categories) {
    const chosen = choices[category];
    if (!fixed && chosen !== undefined && chosen !== channel) next[category] = chosen;
  }
  return Object.keys(next).length > 0 ? next : null;
}
