"""User Management: administrators and the members of their organization (ACC-2..ACC-7)."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from chalicelib.accounts import counting, store
from chalicelib.accounts.actions import members as actions
from chalicelib.accounts.actions import newcomers
from chalicelib.accounts.actions.newcomers import Created, Levels, NewMember, Providers
from chalicelib.accounts.domain import Membership, Status, rights, statuses
from chalicelib.accounts.domain import attention as needs
from chalicelib.accounts.domain.attention import Need
from chalicelib.accounts.dossiers import dossier
from chalicelib.accounts.routes.views import HistoryView, MemberView, MoveBody, history_view, member_view
from chalicelib.accounts.store import history, listing
from chalicelib.core.access import AccessLevel, Member, Principal, Role, administrators
from chalicelib.core.answers import Reply
from chalicelib.core.cursors import PageQuery
from chalicelib.core.errors import NotFound, Unauthenticated
from chalicelib.core.fields import Comment, Cursor, Id, Search
from chalicelib.core.http import Routes

routes = Routes(__name__)

PAGE = 25


class MembersQuery(msgspec.Struct, kw_only=True):
    """Which members, in which order (ACC-3)."""

    search: Search = ""
    status: Status | None = None
    role: Role | None = None
    access_level: AccessLevel | None = None
    attention: Literal["true"] | None = None
    sort: listing.Sort = "status"
    order: Literal["asc", "desc"] = "asc"
    cursor: Cursor | None = None


class MemberRow(msgspec.Struct):
    """A member as the list shows them."""

    id: str
    name: str
    email: str
    role: Role
    status: Status
    access_levels: list[AccessLevel]
    attention: list[Need]


class MembersView(msgspec.Struct):
    """A page of members."""

    items: list[MemberRow]
    next_cursor: str | None


class EditBody(msgspec.Struct):
    """What is to change; what is left out stays."""

    role: Role | None = None
    access_levels: Levels | None = None
    providers: Providers | None = None
    comment: Comment = ""


_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))
_MOVED = (
    (403, "own_account"),
    (409, "last_administrator"),
    (409, "backup_administrator_required"),
    (409, "decided_by_plan"),
    *_STATUSES,
)


@routes.route(
    "/members",
    method="GET",
    who=administrators(),
    summary="The members of your organization",
    errors=((400, "bad_cursor"),),
)
def list_members(actor: Member, query: MembersQuery, now: datetime) -> MembersView:
    """Pages of 25. Pending verifications come first unless another order is asked for."""
    wanted = listing.Wanted(
        search=query.search,
        status=query.status,
        role=query.role,
        access_level=query.access_level,
        sort=query.sort,
        descending=query.order == "desc",
    )

    lapsing, _ = counting.about_to_lapse(actor.organization_id, now, PAGE * PAGE)

    def keep(membership: Membership) -> bool:
        return bool(needs.of(membership, now, lapsing=membership.id in lapsing))

    scope = ("members", actor.membership_id, query.attention or "")
    page = listing.page(
        actor.organization_id, wanted, query.cursor, PAGE, scope, keep if query.attention is not None else None
    )
    rows = [_row(found, now, lapsing=found.id in lapsing) for found in page.items]
    return MembersView(rows, page.next_cursor)


@routes.route(
    "/members",
    method="POST",
    who=administrators(),
    summary="Create an account",
    status=201,
    creates=True,
    errors=((409, "backup_administrator_required"), (409, "already_member")),
)
def create_member(actor: Member, principal: Principal, body: NewMember, now: datetime) -> Created:
    """The registration email goes out. A new administrator asks for a late proof, as every change of one does."""
    if body.role != "general_user" and not principal.proved_lately(now):
        raise Unauthenticated("step_up_required")
    return newcomers.create(actor, body, "en", now)


@routes.route("/members/{membership_id}", method="GET", who=administrators(), summary="One member")
def show_member(actor: Member, membership_id: Id, now: datetime) -> MemberView:
    """With what may be done with the account now."""
    return member_view(actor, dossier(actor.organization_id, membership_id, now), now)


@routes.route(
    "/members/{membership_id}",
    method="PATCH",
    who=administrators(),
    summary="Change role, access levels, providers; comment",
    step_up=True,
    edits=True,
    errors=_MOVED,
)
def update_member(actor: Member, membership_id: Id, version: int, body: EditBody, now: datetime) -> MemberView:
    """Never one's own. Every change adds an entry to the history."""
    edit = actions.Edit(
        role=body.role,
        access_levels=None if body.access_levels is None else frozenset(body.access_levels),
        providers=None if body.providers is None else frozenset(body.providers),
        comment=body.comment,
    )
    return member_view(actor, actions.edit(actor, membership_id, version, edit, now), now)


@routes.route(
    "/members/{membership_id}/enable",
    method="POST",
    who=administrators(),
    summary="Enable an account; a pending one gets its registration email",
    step_up=True,
    edits=True,
    errors=_MOVED,
)
def enable_member(actor: Member, membership_id: Id, version: int, body: MoveBody, now: datetime) -> MemberView:
    """Lifts what disabled it or made it inactive; an overdue review stays."""
    return member_view(actor, actions.move(actor, membership_id, version, "enable", body.comment, now), now)


@routes.route(
    "/members/{membership_id}/disable",
    method="POST",
    who=administrators(),
    summary="Disable an account",
    step_up=True,
    edits=True,
    errors=_MOVED,
)
def disable_member(actor: Member, membership_id: Id, version: int, body: MoveBody, now: datetime) -> MemberView:
    """Takes effect on the next request of theirs. Needs a comment."""
    return member_view(actor, actions.move(actor, membership_id, version, "disable", body.comment, now), now)


@routes.route(
    "/members/{membership_id}/reject",
    method="POST",
    who=administrators(),
    summary="Reject a request to register",
    edits=True,
    errors=_MOVED,
)
def reject_member(actor: Member, membership_id: Id, version: int, body: MoveBody, now: datetime) -> MemberView:
    """Final. Needs a comment, which they are not told."""
    return member_view(actor, actions.move(actor, membership_id, version, "reject", body.comment, now), now)


@routes.route(
    "/members/{membership_id}/remove",
    method="POST",
    who=administrators(),
    summary="Remove an account for good",
    step_up=True,
    edits=True,
    errors=_MOVED,
)
def remove_member(actor: Member, membership_id: Id, version: int, body: MoveBody, now: datetime) -> MemberView:
    """Final: somebody who comes back starts with nothing granted."""
    return member_view(actor, actions.move(actor, membership_id, version, "remove", body.comment, now), now)


@routes.route(
    "/members/{membership_id}/registration-email",
    method="POST",
    who=administrators(),
    summary="Send the registration email again",
    status=202,
    returns=None,
    errors=_STATUSES,
)
def send_registration_email(actor: Member, membership_id: Id, now: datetime) -> Reply:
    """Earlier links end with it (S-AUTH-08)."""
    actions.invite_again(actor, membership_id, now)
    return Reply()


@routes.route(
    "/members/{membership_id}/password-reset-email",
    method="POST",
    who=administrators(),
    summary="Send a password reset email",
    status=202,
    returns=None,
    errors=_STATUSES,
)
def send_password_reset_email(actor: Member, membership_id: Id, now: datetime) -> Reply:
    """The link goes to the address on file; nobody else sees it (D7)."""
    actions.reset_password(actor, membership_id, now)
    return Reply()


@routes.route(
    "/members/{membership_id}/history",
    method="GET",
    who=administrators(),
    summary="The comments history of a member",
    errors=((400, "bad_cursor"),),
)
def show_history(actor: Member, membership_id: Id, query: PageQuery) -> HistoryView:
    """Comments are verbatim, to be shown as text (ACC-4)."""
    if store.membership(actor.organization_id, membership_id) is None:
        raise NotFound
    page = history.page(membership_id, query.cursor, PAGE, ("history", actor.membership_id))
    return history_view(page)


def _row(membership: Membership, now: datetime, *, lapsing: bool) -> MemberRow:
    membership = statuses.as_of(membership, now)
    return MemberRow(
        id=membership.id,
        name=membership.name,
        email=membership.email,
        role=membership.role,
        status=membership.status,
        access_levels=sorted(rights.effective_levels(membership.role, membership.access_levels)),
        attention=needs.of(membership, now, lapsing=lapsing),
    )
