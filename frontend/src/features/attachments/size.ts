import { translate, translatePlural } from '../../texts';
import type { Language } from '../../api/types';

const KIB = 1024;
const MIB = 1024 * 1024;

/** "980 bytes", "12 KB", "3.4 MB". */
export function formatSize(language: Language, bytes: number): string {
  const locale = language === 'es' ? 'es-US' : 'en-US';
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (bytes < KIB) return translatePlural(language, 'size.bytes', bytes, { n: number(bytes, 0) });
  if (Math.round(bytes / KIB) < KIB) {
    return translate(language, 'size.kib', { n: number(bytes / KIB, 0) });
  }
  return translate(language, 'size.mib', { n: number(bytes / MIB, 1) });
}
