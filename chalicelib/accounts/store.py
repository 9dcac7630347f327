"""Items of users and memberships in the directory table (docs/data-model.md)."""

from collections.abc import Iterable

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.accounts.domain import Membership, User, normalised
from chalicelib.core import cursors
from chalicelib.core.tables import DirectoryRow


class UserRow(DirectoryRow, discriminator="user"):
    """pk `USER#<user id>`, sk `USER`. Nothing that traffic writes lives here."""

    email = UnicodeAttribute()
    name = UnicodeAttribute()
    phone = UnicodeAttribute(null=True)
    language = UnicodeAttribute()
    epoch = NumberAttribute()


class EmailRow(DirectoryRow, discriminator="email"):
    """The claim of a sign-in address: pk `EMAIL#<normalised>`, sk `USER`. Never given back (S-AUTH-01)."""

    user_id = UnicodeAttribute()


class MembershipRow(DirectoryRow, discriminator="membership"):
    """pk `ORG#<organization id>`, sk `MEMBERSHIP#<membership id>`."""

    user_id = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    access_levels = UnicodeSetAttribute(null=True)
    providers = UnicodeSetAttribute(null=True)
    status = UnicodeAttribute()
    verified_at = UTCDateTimeAttribute(null=True)
    epoch = NumberAttribute()


class MembershipOfUserRow(DirectoryRow, discriminator="membership_of_user"):
    """Where a user is a member: pk `USER#<user id>`, sk `MEMBERSHIP#<membership id>`."""

    organization_id = UnicodeAttribute()


def user_key(user_id: str) -> tuple[str, str]:
    """Key of a user's item."""
    return f"USER#{user_id}", "USER"


def membership_key(organization_id: str, membership_id: str) -> tuple[str, str]:
    """Key of a membership's item: under its organization, so that a foreign id finds nothing."""
    return f"ORG#{organization_id}", f"MEMBERSHIP#{membership_id}"


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


def membership_rows(membership: Membership) -> tuple[MembershipRow, MembershipOfUserRow]:
    """The items of a new membership: under its organization and under its user."""
    return (
        MembershipRow(
            *membership_key(membership.organization_id, membership.id),
            user_id=membership.user_id,
            name=membership.name,
            email=membership.email,
            role=membership.role,
            access_levels=set(membership.access_levels) or None,
            providers=set(membership.providers) or None,
            status=membership.status,
            verified_at=membership.verified_at,
            epoch=membership.epoch,
        ),
        MembershipOfUserRow(
            f"USER#{membership.user_id}", f"MEMBERSHIP#{membership.id}", organization_id=membership.organization_id
        ),
    )


def user_from_row(row: UserRow) -> User:
    """The user in an item."""
    return User(
        id=row.pk.removeprefix("USER#"),
        email=row.email,
        name=row.name,
        phone=row.phone or "",
        language=row.language,  # type: ignore[arg-type]  # written from the same Literal
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
        role=row.role,  # type: ignore[arg-type]  # written from the same Literal
        access_levels=frozenset(row.access_levels or ()),  # type: ignore[arg-type]  # likewise
        providers=frozenset(row.providers or ()),
        status=row.status,  # type: ignore[arg-type]  # likewise
        verified_at=row.verified_at,
        epoch=int(row.epoch),
    )


def user(user_id: str) -> User:
    """One user. Raises UserRow.DoesNotExist."""
    return user_from_row(UserRow.get(*user_key(user_id), consistent_read=True))


def user_id_of(email: str) -> str | None:
    """Id of the user who signs in with this address, or None."""
    address = normalised(email)
    # Compatibility characters can grow eighteenfold; what no key can hold is nobody's address.
    if len(address.encode()) > 1000:
        return None
    try:
        return EmailRow.get(f"EMAIL#{address}", "USER", consistent_read=True).user_id
    except EmailRow.DoesNotExist:
        return None


def memberships_of(user_id: str) -> list[Membership]:
    """All memberships of a user, whatever their status; a person has a handful."""
    pointers = MembershipOfUserRow.query(
        f"USER#{user_id}", MembershipOfUserRow.sk.startswith("MEMBERSHIP#"), consistent_read=True
    )
    keys = [(f"ORG#{pointer.organization_id}", pointer.sk) for pointer in pointers]
    if not keys:
        return []
    return [membership_from_row(row) for row in MembershipRow.batch_get(keys, consistent_read=True)]


def memberships_by_id(organization_id: str, ids: Iterable[str]) -> dict[str, Membership]:
    """Memberships of one organization by id; foreign and unknown ids are left out."""
    keys = [membership_key(organization_id, id_) for id_ in ids]
    if not keys:
        return {}
    found = (membership_from_row(row) for row in MembershipRow.batch_get(keys, consistent_read=True))
    return {membership.id: membership for membership in found}


def members_page(
    organization_id: str, status: str, search: str, cursor: str | None, size: int, scope: tuple[str, ...]
) -> cursors.Page[Membership]:
    """Members of an organization with a status whose name holds `search`, in no order that a person would see.

    Reads rows until the page is full; the cursor holds the last row's key.
    """
    start = cursors.open_(cursor, scope) if cursor else None
    found: list[Membership] = []
    condition = MembershipRow.status == status
    rows = MembershipRow.query(
        f"ORG#{organization_id}",
        MembershipRow.sk.startswith("MEMBERSHIP#"),
        filter_condition=condition,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=100,
    )
    wanted = search.casefold()
    for row in rows:
        if len(found) == size:
            return cursors.Page(found, cursors.seal(_position(found[-1]), scope))
        if wanted in row.name.casefold():
            found.append(membership_from_row(row))
    return cursors.Page(found)


def _position(membership: Membership) -> dict[str, str]:
    pk, sk = membership_key(membership.organization_id, membership.id)
    return {"pk": pk, "sk": sk}


def same_user(user: User) -> Condition:
    """Condition on the user item: nothing happened that ends their sessions (S-SESS-04)."""
    condition: Condition = UserRow.epoch == user.epoch
    return condition


def still_member(membership: Membership) -> Condition:
    """Condition on the membership item: active, and unchanged since it was read (S-AZ-08)."""
    condition: Condition = (MembershipRow.status == "active") & (MembershipRow.epoch == membership.epoch)
    return condition
