import { call } from '../../api/client';
import type { components } from '../../api/schema';

export type Report = components['schemas']['ReportView'];
export type ReportState = Report['state'];

export const getReports = (state: ReportState, cursor: string | null, signal?: AbortSignal) =>
  call('get', '/misdirected', { query: { state, cursor: cursor ?? undefined }, signal });

export const closeReport = (report_id: string, comment: string) =>
  call('post', '/misdirected/{report_id}/close', {
    path: { report_id },
    header: { 'X-Portal-CSRF': '1' },
    body: { comment },
  });
