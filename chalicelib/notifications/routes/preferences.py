"""Communication Preferences, and the address that notices go to (NOT-1, S-MAIL-03)."""

from datetime import datetime
from typing import Literal, cast

import msgspec

from chalicelib.core.access import PUBLIC, Actor, Origin, displaced, members, staff
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Email, LinkToken
from chalicelib.core.http import Routes
from chalicelib.notifications.actions import addresses, preferences
from chalicelib.notifications.actions.preferences import Chosen
from chalicelib.notifications.domain import CATEGORIES, Category, Channel, fixed

routes = Routes(__name__)

_THEMSELVES = members() | staff() | displaced()


class CategoryView(msgspec.Struct, kw_only=True):
    """What one is told about, and how."""

    category: Category
    channel: Channel
    fixed: bool
    """Whether it has no choice."""


class WaitingAddressView(msgspec.Struct):
    """An address that waits to be confirmed by the link that went there."""

    address: str
    ends_at: datetime


class StoppedView(msgspec.Struct, kw_only=True):
    """An address of theirs that gets no mail any more (NOT-4)."""

    address: str
    reason: Literal["bounced", "complained"]
    since: datetime


class NoticesView(msgspec.Struct, kw_only=True):
    """Everything of the page Communication Preferences."""

    version: int
    """Of the channels."""
    categories: list[CategoryView]
    sign_in_address: str
    notice_address: str | None
    """Where notices go instead, confirmed."""
    waiting_address: WaitingAddressView | None
    stopped: list[StoppedView]


class ChannelsBody(msgspec.Struct, rename="upper", kw_only=True):
    """A channel for each category; what is left out, or null, stays."""

    secure_messaging: Channel | None = None
    authorization_drafts: Channel | None = None
    user_management: Channel | None = None
    account_security: Channel | None = None
    access_review: Channel | None = None


class NoticesBody(msgspec.Struct):
    """How one wants to be told."""

    channels: ChannelsBody


class NoticeAddressBody(msgspec.Struct):
    """The address that notices shall go to."""

    email: Email


class AddressConfirmationBody(msgspec.Struct):
    """The token behind the `#` of the mailed link."""

    token: LinkToken


@routes.route("/profile/notices", method="GET", who=_THEMSELVES, summary="One's communication preferences")
def show_notices(actor: Actor, now: datetime) -> NoticesView:
    """Of whoever is signed in; nobody sees somebody else's."""
    return _view(preferences.shown(actor, now))


@routes.route(
    "/profile/notices",
    method="PUT",
    who=_THEMSELVES,
    summary="Choose how one is told about what",
    edits=True,
)
def change_notices(actor: Actor, version: int, body: NoticesBody, now: datetime) -> NoticesView:
    """By category: mail, or only in the portal. Two always mail."""
    asked = {
        cast(Category, category): channel
        for category, channel in msgspec.to_builtins(body.channels).items()
        if channel is not None
    }
    return _view(preferences.choose(actor, version, asked, now))


@routes.route(
    "/profile/notices/address",
    method="PUT",
    who=_THEMSELVES,
    summary="Ask for notices at another address",
    status=202,
    returns=None,
    errors=((429, "too_many_attempts"),),
    step_up=True,
)
def ask_for_address(actor: Actor, body: NoticeAddressBody, now: datetime) -> Reply:
    """A link goes there, and nothing else before it is used. The same answer whosever address it is."""
    addresses.ask(actor, body.email, now)
    return Reply()


@routes.route(
    "/profile/notices/waiting-address",
    method="DELETE",
    who=_THEMSELVES,
    summary="Withdraw an address that waits",
    status=204,
    returns=None,
)
def withdraw_address(actor: Actor, now: datetime) -> Reply:
    """The link that was mailed opens nothing any more."""
    addresses.withdraw(actor, now)
    return Reply()


@routes.route(
    "/profile/notices/address",
    method="DELETE",
    who=_THEMSELVES,
    summary="Have notices where one signs in",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"),),
)
def leave_address(actor: Actor, now: datetime) -> Reply:
    """An address that waits ends too; the one that is left is told."""
    addresses.leave(actor, now)
    return Reply()


@routes.route(
    "/notice-address-confirmations",
    method="POST",
    who=PUBLIC,
    summary="Confirm an address for notices by the mailed link",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (410, "link_expired")),
)
def confirm_address(body: AddressConfirmationBody, origin: Origin, now: datetime) -> Reply:
    """From now on notices go there. Spends the link."""
    addresses.confirm(body.token, origin, now)
    return Reply()


def _view(chosen: Chosen) -> NoticesView:
    own, waiting = chosen.preferences, chosen.waiting
    return NoticesView(
        version=own.version,
        categories=[
            CategoryView(category=category, channel=own.channel(category), fixed=fixed(category) is not None)
            for category in CATEGORIES
        ],
        sign_in_address=chosen.sign_in_address,
        notice_address=own.notice_address,
        waiting_address=None if waiting is None else WaitingAddressView(waiting.address, waiting.ends_at),
        stopped=[
            StoppedView(address=address, reason=stop.reason, since=stop.since)
            for address, stop in chosen.stopped.items()
        ],
    )
