import { call } from '../../api/client';
import type { DepartmentPatch, NewDepartment } from './types';

const CHANGE = { 'X-Portal-CSRF': '1' };

export const postDepartment = (body: NewDepartment, key: string) =>
  call('post', '/departments', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

export const patchDepartment = (department_id: string, version: number, body: DepartmentPatch) =>
  call('patch', '/departments/{department_id}', {
    path: { department_id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });
