/** How the nomination of a practice stands, for the practice's own page. */
export function NominationPanel({ organizationId }: { organizationId: string }) {
  return <div data-organization={organizationId} />;
}
