"""The plan's administrators hear that no mail reaches one of the staff, or an address of the settings (NOT-4).

Never who or where. Of members, their own administrators hear (`administrators.notify`).
"""

from datetime import datetime
from functools import partial

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.store import stopped
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.notifications import store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import addresses
from chalicelib.notifications.store import stops
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings


def notify(event: Event, now: datetime) -> None:
    """Tell each of them but the one it is about; hears `staff.unreachable`."""
    receivers = sorted(plan_store.plan_administrators().active)
    sending.to_each(partial(_tell, event, receiver, now) for receiver in receivers)


def look(event: Event, receiver: str, _now: datetime) -> Telling | None:
    """What one of them is told, as things are now; None when nothing any more."""
    about = event.ids["user_id"]
    if receiver == about or receiver not in plan_store.plan_administrators().active or not _still(about):
        return None
    chosen = store.preferences(receiver)
    if chosen.channel("USER_MANAGEMENT") != "email":
        return None
    user = accounts_store.user(receiver)
    return Telling(
        notice=Notice(event=event, receiver=receiver, category="USER_MANAGEMENT", person=receiver),
        address=addresses.goes_to("USER_MANAGEMENT", user.email, chosen.notice_address),
        language=user.language,
        template="address_stopped_plan",
    )


def own_addresses(plan: PlanSettings) -> set[str]:
    """The addresses of the plan's settings that mail goes to."""
    return {plan.enrollment_address, plan.privacy_address} - {""}


def _tell(event: Event, receiver: str, now: datetime) -> None:
    telling = look(event, receiver, now)
    if telling is not None:
        sending.notify(telling, now)


def _still(about: str) -> bool:
    """Whether no mail reaches them: one of the staff, or an address of the settings when it is about nobody."""
    if not about:
        return bool(stops.among(own_addresses(plan_store.settings())))
    rows = DirectoryRows([stopped.key(None, about)])
    return stopped.among(rows, None, about) is not None
