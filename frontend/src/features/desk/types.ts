/** Shapes of the desk of a department (MSG-6). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Conversation = Schemas['ConversationView'];
export type Desk = Schemas['DeskView'];
export type Note = Schemas['NoteView'];
export type Agent = Schemas['Agent'];
export type Move = Conversation['moves'][number];

export type Which = 'waiting' | 'answered' | 'closed' | 'all_open';
export const WHICH: readonly Which[] = ['waiting', 'answered', 'closed', 'all_open'];
