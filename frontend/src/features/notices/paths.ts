export const PREFERENCES = '/communication-preferences';
