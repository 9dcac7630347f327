"""What people are told of a sign-in of theirs that seems to be shared (ACC-10), as things are when it is sent."""

from datetime import datetime

from chalicelib.accounts import counting, plan_places
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import may_act
from chalicelib.core.events import Event
from chalicelib.notifications.actions import security
from chalicelib.sharing import store


def tell(event: Event, now: datetime) -> None:
    """Tell somebody unless the note has ended since, or nothing opens for them any more; hears `sharing.noticed`."""
    user_id = event.ids["user_id"]
    if store.note(user_id, now) is not None and _comes_in(user_id, now):
        security.tell(event, now)


def _comes_in(user_id: str, now: datetime) -> bool:
    """Whether signing in opens anything at `now`, whatever the jobs have made of it."""
    if any(map(may_act, counting.counting(accounts_store.memberships_of(user_id), now))):
        return True
    place = plan_places.current(user_id, now)
    return place is not None and place.active
