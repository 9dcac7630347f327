import { useTexts } from '../../texts/context';
import type { Status } from './types';

export function StatusTag({ status }: { status: Status }) {
  const { t } = useTexts();
  return <span className={`p-tag p-tag--${status}`}>{t(`users.status.${status}`)}</span>;
}
