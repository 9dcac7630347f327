/** A form as its link shows it (ORG-1). Times are UTC. */
export interface FormToSign {
  practice_name: string;
  tin: string;
  npis: readonly string[];
  executive_name: string;
  executive_email: string;
  ends_at: string;
  return_reason: string;
  consent: { version: string; text: string };
}
