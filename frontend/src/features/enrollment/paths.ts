export const ORGANIZATIONS = '/organizations';
export const NEW_ORGANIZATION = '/organizations/new';
export const IMPORT_ORGANIZATIONS = '/organizations/import';
export const organizationPath = (id: string) => `${ORGANIZATIONS}/${encodeURIComponent(id)}`;
export const editOrganizationPath = (id: string) => `${organizationPath(id)}/edit`;

export const ONBOARDING = '/onboarding';
export const NOMINATIONS = '/nominations';

export const WAVES = '/waves';
export const wavePath = (id: string) => `${WAVES}/${encodeURIComponent(id)}`;

/** The pages of bringing practices aboard, which stand under one entry of the menu. */
export const ABOARD = [ORGANIZATIONS, ONBOARDING, NOMINATIONS, WAVES] as const;
