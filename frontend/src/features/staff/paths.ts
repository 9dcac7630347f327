export const STAFF = '/staff';
export const NEW_STAFF = '/staff/new';
export const staffPath = (id: string) => `/staff/${encodeURIComponent(id)}`;
