import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { UploadInterrupted, sendBytes } from '../attachments/send-bytes';
import { sha256Base64 } from '../attachments/sha256';
import type { Work } from '../work/calls';
import { gathered } from './problem-parts';
import { beginWork } from './calls';
import type { AnnouncedFile, ProblemsPage } from './types';

export const MOST_BYTES = 10 * 1024 * 1024;

/** The works of an import, as a history entry holds them: a reload goes on where it was. */
export interface Import {
  /** The dry run. */
  check: string | null;
  run: string | null;
}

export function importOf(state: unknown): Import {
  const given: object = typeof state === 'object' && state !== null ? state : {};
  const id = (name: 'check' | 'run') => {
    const value: unknown = name in given ? (given as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : null;
  };
  return { check: id('check'), run: id('check') && id('run') };
}

/** How many rows an import would add after this dry run. */
export const importable = (check: Work) =>
  check.state === 'finished' ? Math.max(0, (check.total ?? check.done) - check.problems) : 0;

/** One of the portal's pages of what is wrong with the rows of a file. */
export type AskProblems = (
  workId: string,
  cursor: string | null,
  signal?: AbortSignal,
) => Promise<ProblemsPage>;

export function useImportProblems(ask: AskProblems, id: string, cursor: string | null) {
  return useQuery({
    queryKey: ['import problems', id, cursor],
    queryFn: ({ signal }) => gathered((at) => ask(id, at, signal), cursor),
  });
}

/** Announces a file of so many bytes; answers the form to send it with. */
export type Announce = (size: number, sha256: string) => Promise<AnnouncedFile>;

export type UploadState =
  | { phase: 'idle' }
  | { phase: 'uploading'; percent: number }
  | { phase: 'failed'; problem: Problem | null };

/** Sends the file straight to the file store and begins its dry run; answers the work's id, or null. */
export function useUpload(announce: Announce) {
  const [state, setState] = useState<UploadState>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  const send = async (file: File): Promise<string | null> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ phase: 'uploading', percent: 0 });
    try {
      const form = await announce(file.size, await sha256Base64(file));
      const tell = (percent: number) => setState({ phase: 'uploading', percent });
      await sendBytes(form, file, tell, control.signal);
      await beginWork(form.work_id);
      setState({ phase: 'idle' });
      return form.work_id;
    } catch (error) {
      const problem = error instanceof UploadInterrupted ? null : problemOf(error);
      setState({ phase: 'failed', problem });
      return null;
    }
  };
  return { state, send, reset: () => setState({ phase: 'idle' }) };
}
