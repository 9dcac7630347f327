import { finalizeUpload, getUpload, postUpload } from '../../api/calls';
import { clientHooks, isTemporary, ProblemError } from '../../api/client';
import type { Upload } from '../../api/types';
import { announce } from '../../app/announcer';
import { translate } from '../../texts';
import { drafts } from '../compose/draft-store';
import { contentTypeOf, refusalOf } from './limits';
import { sendBytes } from './send-bytes';
import { sha256Base64 } from './sha256';
import { formatSize } from './size';
import type { UploadRow, Why } from './upload-row';

const POLL_MS = 1000;
/** A portal that is out of reach for this many polls in a row is shown as a failure. */
const PATIENCE = 10;

const running = new Map<string, AbortController>();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const findRow = (draftKey: string, rowId: string) =>
  drafts.get(draftKey).files.find((row) => row.rowId === rowId);

function change(draftKey: string, rowId: string, part: Partial<UploadRow>) {
  drafts.update(draftKey, (draft) => ({
    ...draft,
    files: draft.files.map((row) => (row.rowId === rowId ? { ...row, ...part } : row)),
  }));
}

export function whyText(why: Why | null): string {
  if (!why) return '';
  return 'detail' in why ? why.detail : translate(clientHooks.language, why.key, why.params);
}

function settle(
  draftKey: string,
  row: UploadRow,
  phase: 'ready' | 'refused' | 'failed',
  why: Why | null,
  rest: Partial<UploadRow> = {},
) {
  change(draftKey, row.rowId, { phase, why, ...rest });
  // A refusal is read out where its reason appears.
  if (phase === 'ready') {
    announce(translate(clientHooks.language, 'files.announce.ready', { name: row.file.name }));
  }
}

function judge(draftKey: string, row: UploadRow, upload: Upload): boolean {
  if (upload.state === 'ready') {
    settle(draftKey, row, 'ready', null);
    return true;
  }
  if (upload.state === 'refused') {
    const key = `files.reason.${upload.reason ?? 'not_checked'}` as const;
    settle(draftKey, row, 'refused', { key }, { hopeless: upload.reason === 'infected' });
    return true;
  }
  if (upload.state === 'discarded') {
    // It was cleared away before it was sent: a retry announces it anew.
    const again = { step: 'create', createKey: crypto.randomUUID() } as const;
    settle(draftKey, row, 'failed', { key: 'files.reason.upload' }, again);
    return true;
  }
  return false;
}

async function createAndSend(
  mailbox: string,
  draftKey: string,
  row: UploadRow,
  bytes: File,
  to: AbortSignal,
) {
  const form = await postUpload(
    {
      mailbox_id: mailbox,
      file_name: row.file.name,
      content_type: contentTypeOf(row.file.name) ?? '',
      size: row.file.size,
      sha256: await sha256Base64(bytes),
    },
    row.createKey,
  );
  to.throwIfAborted();
  // The form is for one use: if the bytes do not get through, a retry asks for a new one.
  const createKey = crypto.randomUUID();
  change(draftKey, row.rowId, { uploadId: form.upload_id, createKey, phase: 'uploading' });
  await sendBytes(form, bytes, (percent) => change(draftKey, row.rowId, { percent }), to);
  change(draftKey, row.rowId, { step: 'finalize', phase: 'checking', percent: 100 });
  return form.upload_id;
}

async function waitForCheck(draftKey: string, row: UploadRow, upload: string, to: AbortSignal) {
  let failures = 0;
  while (!to.aborted) {
    await pause(POLL_MS);
    if (to.aborted) return;
    try {
      if (judge(draftKey, row, await getUpload(upload))) return;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!isTemporary(error) || failures > PATIENCE) throw error;
    }
  }
}

function explain(draftKey: string, row: UploadRow, error: unknown) {
  if (!(error instanceof ProblemError)) {
    settle(draftKey, row, 'failed', { key: 'files.reason.upload' });
    return;
  }
  const { code, detail, errors, status } = error.problem;
  // The work waits as it is until the person has signed in again (CRD-8).
  if (code === 'signed_out') return;
  if (status === 422) {
    settle(draftKey, row, 'refused', { detail: errors?.[0]?.detail ?? detail }, { hopeless: true });
  } else if (code === 'upload_missing' || code === 'upload_replaced' || status === 404) {
    settle(draftKey, row, 'failed', { detail }, { step: 'create', createKey: crypto.randomUUID() });
  } else {
    settle(draftKey, row, 'failed', { detail });
  }
}

async function run(mailbox: string, draftKey: string, row: UploadRow) {
  if (running.has(row.rowId)) return;
  const control = new AbortController();
  running.set(row.rowId, control);
  try {
    let upload = row.uploadId;
    if (row.step === 'create' || !upload) {
      if (!row.bytes) return;
      upload = await createAndSend(mailbox, draftKey, row, row.bytes, control.signal);
    }
    if (row.step !== 'poll') {
      const finalized = await finalizeUpload(upload);
      change(draftKey, row.rowId, { step: 'poll', phase: 'checking' });
      if (judge(draftKey, row, finalized)) return;
    }
    await waitForCheck(draftKey, row, upload, control.signal);
  } catch (error) {
    if (!control.signal.aborted) explain(draftKey, row, error);
  } finally {
    running.delete(row.rowId);
  }
}

export function addFiles(mailbox: string, draftKey: string, files: readonly File[]) {
  for (const file of files) {
    const accepted = drafts.get(draftKey).files.filter((row) => !row.hopeless);
    const why = refusalOf(
      file,
      accepted.map((row) => row.file),
      (bytes) => formatSize(clientHooks.language, bytes),
    );
    const row: UploadRow = {
      rowId: crypto.randomUUID(),
      file: { name: file.name, size: file.size },
      bytes: file,
      phase: why ? 'refused' : 'waiting',
      percent: 0,
      step: 'create',
      createKey: crypto.randomUUID(),
      uploadId: null,
      why,
      hopeless: why !== null,
    };
    drafts.update(draftKey, (draft) => ({ ...draft, files: [...draft.files, row] }));
    if (why) settle(draftKey, row, 'refused', why);
    else void run(mailbox, draftKey, row);
  }
}

export function retryFile(mailbox: string, draftKey: string, rowId: string) {
  const row = findRow(draftKey, rowId);
  if (!row) return;
  const again: Partial<UploadRow> =
    row.phase === 'refused' ? { step: 'create', createKey: crypto.randomUUID() } : {};
  change(draftKey, rowId, { ...again, phase: 'waiting', percent: 0, why: null });
  const next = findRow(draftKey, rowId);
  if (next) void run(mailbox, draftKey, next);
}

export function removeFile(draftKey: string, rowId: string) {
  running.get(rowId)?.abort();
  drafts.update(draftKey, (draft) => ({
    ...draft,
    files: draft.files.filter((row) => row.rowId !== rowId),
  }));
}

/** After signing in again: files whose way was cut by the end of the session go on. */
export function resumeFiles(mailbox: string, draftKey: string) {
  for (const row of drafts.get(draftKey).files) {
    if (row.phase === 'waiting' || row.phase === 'uploading' || row.phase === 'checking') {
      void run(mailbox, draftKey, row);
    }
  }
}

drafts.onDrop = (draft) => {
  for (const row of draft.files) running.get(row.rowId)?.abort();
};
