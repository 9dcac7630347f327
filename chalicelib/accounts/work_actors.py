"""Who acts in a long work: the person who began it, as they are now.

Apart from `actors`, which every request needs, while few need long works.
"""

from datetime import datetime

from chalicelib.accounts import counting, plan_places, store
from chalicelib.accounts.actors import member_actor, staff_actor
from chalicelib.accounts.domain import may_act
from chalicelib.core import access
from chalicelib.core.work import Stopped, Work
from chalicelib.organizations import store as organizations


def administrator_of(work: Work, now: datetime, request_id: str = "") -> access.Member:
    """The administrator who began a long work, as they are at `now` (S-AZ-08). Raises Stopped `access_ended`."""
    found = store.membership(work.organization_id or "", work.owner)
    (membership,) = counting.counting([found], now) if found is not None else (None,)
    if membership is None or not may_act(membership):
        raise Stopped("access_ended")
    origin = access.Origin(request_id=request_id or work.id)
    organization = organizations.organization(membership.organization_id)
    actor = member_actor(store.user(work.user_id), membership, origin, organization)
    if not actor.is_administrator:
        raise Stopped("access_ended")
    return actor


def staff_of(work: Work, role: access.StaffRole, now: datetime, request_id: str = "") -> access.Staff:
    """Who of the plan began a long work, as they are at `now` (S-AZ-08). Raises Stopped `access_ended`."""
    place = plan_places.current(work.user_id, now)
    if place is None or not place.active or role not in place.roles:
        raise Stopped("access_ended")
    return staff_actor(store.user(work.user_id), place, access.Origin(request_id=request_id or work.id))
