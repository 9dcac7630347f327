import { Store } from '../../app/store';

/** What a practice that asked for a form told of itself; verbatim. */
export interface RequestedOrganization {
  /** Of the request, to be settled with the organization that is made from it. */
  request_id: string;
  name: string;
  tin: string;
  npis: readonly string[];
  executive_name: string;
  executive_email: string;
}

/**
 * The request that the next new organization is made from. In this page's memory only: none of it stands in an
 * address (house rule 4).
 */
export const requestedOrganization = new Store<RequestedOrganization | null>(null);
