import type { UploadForm } from '../../api/types';

export class UploadInterrupted extends Error {}

/**
 * Posts the file straight to the file store with the form the portal signed. XMLHttpRequest, because fetch
 * tells nothing of an upload's progress. Another origin: no cookies go there.
 */
export function sendBytes(
  form: Pick<UploadForm, 'url' | 'fields'>,
  file: File,
  onPercent: (percent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
    // The file store ignores every field after the file, so it comes last.
    body.append('file', file);
    const request = new XMLHttpRequest();
    const fail = () => reject(new UploadInterrupted());
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onPercent(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else fail();
    });
    for (const name of ['error', 'abort', 'timeout'] as const) request.addEventListener(name, fail);
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', form.url);
    request.send(body);
  });
}
