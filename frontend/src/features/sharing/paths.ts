export const SIGNALS = '/sharing-signals';
