import { NOMINATIONS } from '../enrollment/paths';

export { NOMINATIONS };
export const REQUESTS = `${NOMINATIONS}/requests`;
export const nominationPath = (organizationId: string, id: string) =>
  `${NOMINATIONS}/${encodeURIComponent(organizationId)}/${encodeURIComponent(id)}`;
