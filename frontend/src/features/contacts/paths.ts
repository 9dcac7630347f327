/** The plan's contacts by topic, as plan administrators keep them (PLT-6). */
export const CONTACTS = '/contacts';
