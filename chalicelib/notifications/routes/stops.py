"""Trying an address again that gets no mail any more (NOT-4)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor, Member, Staff, administrators, displaced, members, staff
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Email, Id
from chalicelib.core.http import Routes
from chalicelib.notifications.actions import mending

routes = Routes(__name__)


class MendBody(msgspec.Struct):
    """One of one's own addresses."""

    address: Email


@routes.route(
    "/profile/notices/stops/mend",
    method="POST",
    who=members() | staff() | displaced(),
    summary="Have mail sent to one's address again",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (429, "too_many_attempts")),
)
def mend_own_address(actor: Actor, body: MendBody, now: datetime) -> Reply:
    """After mail came back from it, or after a complaint. Three times a day at most."""
    mending.mend_own(actor, body.address, now)
    return Reply()


@routes.route(
    "/members/{membership_id}/stops/mend",
    method="POST",
    who=administrators(),
    summary="Have mail sent to a member again",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (429, "too_many_attempts")),
)
def mend_member_address(actor: Member, membership_id: Id, now: datetime) -> Reply:
    """To the address they sign in with and the one for their notices."""
    mending.mend_member(actor, membership_id, now)
    return Reply()


@routes.route(
    "/staff/{user_id}/stops/mend",
    method="POST",
    who=staff("plan_administrator"),
    summary="Have mail sent to one of the staff again",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (429, "too_many_attempts")),
)
def mend_staff_address(actor: Staff, user_id: Id, now: datetime) -> Reply:
    """To the address they sign in with and the one for their notices."""
    mending.mend_staff(actor, user_id, now)
    return Reply()
