import type { Why } from './upload-row';

/** Limits of MSG-8. The portal checks them again; here they save a useless upload. */
export const MAX_FILES = 10;
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
export const MAX_TOTAL_BYTES = 50 * 1024 * 1024;

const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  txt: 'text/plain',
  csv: 'text/csv',
};

export const ACCEPT = Object.keys(TYPES)
  .map((extension) => `.${extension}`)
  .join(',');

/** By the name's ending: what browsers report depends on the programs installed (a CSV as Excel). */
export function contentTypeOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : (TYPES[name.slice(dot + 1).toLowerCase()] ?? null);
}

interface Sized {
  name: string;
  size: number;
}

export function refusalOf(
  file: Sized,
  accepted: readonly Sized[],
  size: (bytes: number) => string,
): Why | null {
  if (accepted.length >= MAX_FILES) {
    return { key: 'files.reason.count', params: { max: MAX_FILES } };
  }
  if (!contentTypeOf(file.name)) return { key: 'files.reason.type' };
  if (file.size === 0) return { key: 'files.reason.empty' };
  if (file.size > MAX_FILE_BYTES) {
    return { key: 'files.reason.tooLarge', params: { max: size(MAX_FILE_BYTES) } };
  }
  const total = accepted.reduce((sum, other) => sum + other.size, file.size);
  if (total > MAX_TOTAL_BYTES) {
    return { key: 'files.reason.total', params: { max: size(MAX_TOTAL_BYTES) } };
  }
  return null;
}
