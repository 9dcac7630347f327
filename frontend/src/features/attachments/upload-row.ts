import type { Params, TextKey } from '../../texts';

/** Why a file cannot be sent: in our words or in the portal's. */
export type Why = { key: TextKey; params?: Params } | { detail: string };

export type UploadPhase = 'waiting' | 'uploading' | 'checking' | 'ready' | 'refused' | 'failed';

/** One chosen file on its way: create the upload, send the bytes, finalize, wait for the check (MSG-8). */
export interface UploadRow {
  rowId: string;
  file: { name: string; size: number };
  /** What is to be sent; null for a file that came with a draft from elsewhere. */
  bytes: File | null;
  phase: UploadPhase;
  percent: number;
  /** Where to go on after an interruption. */
  step: 'create' | 'finalize' | 'poll';
  createKey: string;
  uploadId: string | null;
  why: Why | null;
  /** Refused for good, before anything was sent: trying again would change nothing. */
  hopeless: boolean;
}

export const canRetry = ({ phase, bytes, hopeless }: UploadRow) =>
  (phase === 'failed' || phase === 'refused') && bytes !== null && !hopeless;
