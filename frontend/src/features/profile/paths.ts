export const PROFILE = '/profile';
