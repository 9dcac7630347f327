export const NEW_USER = '/users/new';
export const NEW_BACKUP = '/users/new?role=backup_administrator';
export const ADMINISTRATORS = '/users/administrators';
export const IMPORT = '/users/import';
export const userPath = (id: string) => `/users/${encodeURIComponent(id)}`;
