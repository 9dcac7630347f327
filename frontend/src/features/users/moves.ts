import type { Member, Move } from './types';

/** What a move comes to: `verify` lets somebody register, `lift` leaves a cause that only a review lifts (section 3). */
export type MoveOutcome = Move | 'verify' | 'lift';

export function outcomeOfMove(member: Pick<Member, 'status' | 'causes'>, move: Move): MoveOutcome {
  if (move !== 'enable') return move;
  if (member.status === 'verification_pending') return 'verify';
  return member.status === 'suspended' || member.causes.includes('suspended') ? 'lift' : 'enable';
}
