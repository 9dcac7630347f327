"""Items of users and memberships in the directory table (docs/data-model.md).

Beside it: `activities` (last sign-ins), `listing` (lists and search), `reviewing`, `rosters`, `history`, `requests`.
"""

from collections.abc import Iterable
from typing import get_args

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.accounts.domain import Membership, User, normalised
from chalicelib.accounts.store import sorting
from chalicelib.core.access import AccessLevel
from chalicelib.core.tables import DirectoryRow, DirectoryRows, ListedRow


class UserRow(DirectoryRow, discriminator="user"):
    """pk `USER#<user id>`, sk `USER`. Nothing that traffic writes lives here."""

    email = UnicodeAttribute()
    name = UnicodeAttribute()
    phone = UnicodeAttribute(null=True)
    language = UnicodeAttribute()
    version = NumberAttribute(null=True)
    contacts_changed_at = UTCDateTimeAttribute(null=True)
    epoch = NumberAttribute()


class EmailRow(DirectoryRow, discriminator="email"):
    """The claim of a sign-in address: pk `EMAIL#<normalised>`, sk `USER`. Never given back (S-AUTH-01)."""

    user_id = UnicodeAttribute()
    left = BooleanAttribute(null=True)
    """Whether they sign in with another address by now."""


class MembershipRow(ListedRow, discriminator="membership"):
    """pk `ORG#<organization id>`, sk `MEMBERSHIP#<membership id>`."""

    user_id = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    phone = UnicodeAttribute(null=True)
    role = UnicodeAttribute()
    access_levels = UnicodeSetAttribute(null=True)
    providers = UnicodeSetAttribute(null=True)
    status = UnicodeAttribute()
    causes = UnicodeSetAttribute(null=True)
    accepted = BooleanAttribute(null=True)
    created_at = UTCDateTimeAttribute(null=True)
    verified_at = UTCDateTimeAttribute(null=True)
    enabled_at = UTCDateTimeAttribute(null=True)
    invitation_ends_at = UTCDateTimeAttribute(null=True)
    asks_for = UnicodeSetAttribute(null=True)
    """Kept here too, so that a list of members shows who asks; `asks` adds to it."""
    entries = NumberAttribute(default=0)
    epoch = NumberAttribute()
    sought = UnicodeAttribute(null=True)
    """What a search looks into."""


class MemberClaimRow(DirectoryRow, discriminator="member_claim"):
    """One person, one membership of an organization: pk `ORG#<organization id>`, sk `USER#<user id>`.

    Goes when the membership is rejected or removed, so that they can come back with nothing granted.
    """

    membership_id = UnicodeAttribute()


class MembershipOfUserRow(DirectoryRow, discriminator="membership_of_user"):
    """Where a user is a member: pk `USER#<user id>`, sk `MEMBERSHIP#<membership id>`."""

    organization_id = UnicodeAttribute()


def user_key(user_id: str) -> tuple[str, str]:
    """Key of a user's item."""
    return f"USER#{user_id}", "USER"


def membership_key(organization_id: str, membership_id: str) -> tuple[str, str]:
    """Key of a membership's item: under its organization, so that a foreign id finds nothing."""
    return f"ORG#{organization_id}", f"MEMBERSHIP#{membership_id}"


def pointer_key(user_id: str, membership_id: str) -> tuple[str, str]:
    """Key of what tells where a membership of a user is."""
    return f"USER#{user_id}", f"MEMBERSHIP#{membership_id}"


def claim_key(organization_id: str, user_id: str) -> tuple[str, str]:
    """Key of the claim that a person is a member of an organization once."""
    return f"ORG#{organization_id}", f"USER#{user_id}"


def user_rows(user: User) -> tuple[UserRow, EmailRow]:
    """The items of a new user: themself and the claim of their address."""
    return (
        UserRow(
            *user_key(user.id),
            email=user.email,
            name=user.name,
            phone=user.phone or None,
            language=user.language,
            epoch=user.epoch,
        ),
        EmailRow(f"EMAIL#{normalised(user.email)}", "USER", user_id=user.id),
    )


def membership_row(membership: Membership) -> MembershipRow:
    """The item of a membership."""
    return MembershipRow(
        *membership_key(membership.organization_id, membership.id),
        user_id=membership.user_id,
        name=membership.name,
        email=membership.email,
        phone=membership.phone or None,
        role=membership.role,
        access_levels=set(membership.access_levels) or None,
        providers=set(membership.providers) or None,
        status=membership.status,
        causes=set(membership.causes) or None,
        accepted=membership.accepted,
        created_at=membership.created_at,
        verified_at=membership.verified_at,
        enabled_at=membership.enabled_at,
        invitation_ends_at=membership.invitation_ends_at,
        asks_for=set(membership.asks_for) or None,
        entries=membership.entries,
        epoch=membership.epoch,
        sought=sorting.sought(membership),
        sort_name=sorting.by_name(membership),
        sort_email=sorting.by_email(membership),
        sort_status=sorting.by_status(membership),
        sort_role=sorting.by_role(membership),
        sort_review=sorting.by_review(membership),
    )


def claim_row(membership: Membership) -> MemberClaimRow:
    """The claim that a person is a member of an organization once."""
    return MemberClaimRow(*claim_key(membership.organization_id, membership.user_id), membership_id=membership.id)


def facts_set(user: User) -> list[Action]:
    """The update of a user's item to what they say of themself, one version on; the rest of it stays."""
    row = UserRow
    actions: list[Action] = [
        row.name.set(user.name),
        row.email.set(user.email),
        row.language.set(user.language),
        row.version.add(1),
    ]
    if user.phone:
        actions.append(row.phone.set(user.phone))
    if user.contacts_changed_at is not None:
        actions.append(row.contacts_changed_at.set(user.contacts_changed_at))
    return actions


def same_facts(user: User) -> Condition:
    """Condition on the user item: nobody edited the profile since it was read, and no session of theirs was ended."""
    read: Condition = UserRow.version == user.version if user.version else UserRow.version.does_not_exist()
    same: Condition = read & (UserRow.email == user.email) & same_user(user)
    return same


def claim_of_address(user: User, *, left: bool = False) -> tuple[EmailRow, Condition]:
    """The claim of a user's address, and the condition that it is nobody else's.

    `left`: they sign in with another one from now on; it stays theirs.
    """
    free = EmailRow.pk.does_not_exist() | (EmailRow.user_id == user.id)
    return EmailRow(*email_key(user.email), user_id=user.id, left=left or None), free


def membership_rows(membership: Membership) -> tuple[MembershipRow, MembershipOfUserRow, MemberClaimRow]:
    """The items of a new membership: under its organization, under its user, and the claim that there is no other."""
    pointer = MembershipOfUserRow(
        *pointer_key(membership.user_id, membership.id), organization_id=membership.organization_id
    )
    return membership_row(membership), pointer, claim_row(membership)


def user_from_row(row: UserRow) -> User:
    """The user in an item."""
    return User(
        id=row.pk.removeprefix("USER#"),
        email=row.email,
        name=row.name,
        phone=row.phone or "",
        language=row.language,  # type: ignore[arg-type]  # written from the same Literal
        version=int(row.version or 0),
        contacts_changed_at=row.contacts_changed_at,
        epoch=int(row.epoch),
    )


def membership_from_row(row: MembershipRow) -> Membership:
    """The membership in an item."""
    return Membership(
        id=row.sk.removeprefix("MEMBERSHIP#"),
        organization_id=row.pk.removeprefix("ORG#"),
        user_id=row.user_id,
        name=row.name,
        email=row.email,
        phone=row.phone or "",
        role=row.role,  # type: ignore[arg-type]  # written from the same Literal
        access_levels=frozenset(row.access_levels or ()),  # type: ignore[arg-type]  # likewise
        providers=frozenset(row.providers or ()),
        status=row.status,  # type: ignore[arg-type]  # likewise
        causes=frozenset(row.causes or ()),  # type: ignore[arg-type]  # likewise
        accepted=row.accepted is not False,
        created_at=row.created_at,
        verified_at=row.verified_at,
        enabled_at=row.enabled_at,
        invitation_ends_at=row.invitation_ends_at,
        asks_for=frozenset(row.asks_for or ()),  # type: ignore[arg-type]  # likewise
        entries=int(row.entries or 0),
        epoch=int(row.epoch),
    )


def user(user_id: str) -> User:
    """One user. Raises UserRow.DoesNotExist."""
    return user_from_row(UserRow.get(*user_key(user_id), consistent_read=True))


def names(ids: Iterable[str]) -> dict[str, str]:
    """The names of users by id, in one batch; unknown ids are left out."""
    keys = [user_key(id_) for id_ in dict.fromkeys(ids)]
    return {row.pk.removeprefix("USER#"): row.name for row in UserRow.batch_get(keys)} if keys else {}


def email_key(email: str) -> tuple[str, str]:
    """Key of the claim of a sign-in address."""
    address = normalised(email)
    # Compatibility characters can grow eighteenfold; what no key can hold is nobody's address.
    return f"EMAIL#{address if len(address.encode()) <= 1000 else ''}", "USER"


def user_id_of(email: str) -> str | None:
    """Id of the user who signs in with this address, or None."""
    row = _claim(email)
    return None if row is None or row.left else row.user_id


def claimed_by(email: str) -> str | None:
    """Id of the user whose address this is or was (S-AUTH-01), or None."""
    row = _claim(email)
    return None if row is None else row.user_id


def _claim(email: str) -> EmailRow | None:
    try:
        return EmailRow.get(*email_key(email), consistent_read=True)
    except EmailRow.DoesNotExist:
        return None


def user_id_among(rows: DirectoryRows, email: str) -> str | None:
    """Id of the user whose address this is or was, of rows that were read together."""
    row = rows.get(EmailRow, email_key(email))
    return None if row is None else row.user_id


def membership_ids_of(user_id: str) -> list[tuple[str, str]]:
    """Organization and membership ids of all memberships of a user; a person has a handful."""
    pointers = MembershipOfUserRow.query(
        f"USER#{user_id}", MembershipOfUserRow.sk.startswith("MEMBERSHIP#"), consistent_read=True
    )
    return [(pointer.organization_id, pointer.sk.removeprefix("MEMBERSHIP#")) for pointer in pointers]


def memberships_of(user_id: str) -> list[Membership]:
    """All memberships of a user, whatever their status."""
    keys = [membership_key(*ids) for ids in membership_ids_of(user_id)]
    return [membership_from_row(row) for row in MembershipRow.batch_get(keys, consistent_read=True)]


def memberships_by_id(organization_id: str, ids: Iterable[str]) -> dict[str, Membership]:
    """Memberships of one organization by id; foreign and unknown ids are left out."""
    keys = [membership_key(organization_id, id_) for id_ in ids]
    if not keys:
        return {}
    found = (membership_from_row(row) for row in MembershipRow.batch_get(keys, consistent_read=True))
    return {membership.id: membership for membership in found}


def membership(organization_id: str, membership_id: str) -> Membership | None:
    """One membership of an organization; None for foreign and unknown ids alike."""
    try:
        return membership_from_row(
            MembershipRow.get(*membership_key(organization_id, membership_id), consistent_read=True)
        )
    except MembershipRow.DoesNotExist:
        return None


def membership_among(rows: DirectoryRows, organization_id: str, membership_id: str) -> Membership | None:
    """One membership of an organization, of rows that were read together; None as above."""
    row = rows.get(MembershipRow, membership_key(organization_id, membership_id))
    return None if row is None else membership_from_row(row)


def is_member(organization_id: str, user_id: str) -> bool:
    """Whether a user has a membership of the organization that is not rejected or removed."""
    return is_member_among(DirectoryRows([claim_key(organization_id, user_id)]), organization_id, user_id)


def is_member_among(rows: DirectoryRows, organization_id: str, user_id: str) -> bool:
    """Likewise, of rows that were read together."""
    return rows.get(MemberClaimRow, claim_key(organization_id, user_id)) is not None


def asks(level: AccessLevel) -> list[Action]:
    """The update of a membership that asks for an access level."""
    return [MembershipRow.asks_for.add({level})]


def same_user(user: User) -> Condition:
    """Condition on the user item: nothing happened that ends their sessions (S-SESS-04)."""
    condition: Condition = UserRow.epoch == user.epoch
    return condition


def unchanged(membership: Membership) -> Condition:
    """Condition on the membership item: as it was read, so that the whole of it may be written."""
    condition: Condition = (MembershipRow.entries == membership.entries) & (MembershipRow.epoch == membership.epoch)
    # Not by comparing sets: not every engine knows that they have no order.
    for level in get_args(AccessLevel):
        asked = MembershipRow.asks_for.contains(level)
        condition &= asked if level in membership.asks_for else ~asked
    return condition


def still_member(membership: Membership) -> Condition:
    """Condition on the membership item: active, and unchanged since it was read (S-AZ-08)."""
    condition: Condition = (MembershipRow.status == "active") & (MembershipRow.epoch == membership.epoch)
    return condition
