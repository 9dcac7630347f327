import { Phone } from '../../app/help-footer';
import { usePlan } from '../../app/plan';

/** The helpdesk's phone number and hours, after a sentence that says what for. */
export function Helpdesk({ lead }: { lead: string }) {
  const plan = usePlan();
  if (!plan) return null;
  return (
    <p>
      {lead} <Phone phone={plan.helpdesk.phone} />
      <br />
      {plan.helpdesk.hours}
    </p>
  );
}
