"""A row of an imported file as a person to invite, and what keeps it from being one (ACC-2, ORG-3)."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import newcomers
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import User
from chalicelib.accounts.store import phones
from chalicelib.core import bodies
from chalicelib.core.csv_files import Line
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.work_problems import Problem
from chalicelib.organizations.domain import Organization

REQUIRED = ("name", "email", "phone")
OPTIONAL = ("role", "access_levels", "providers", "one_person")
# An export has them too; they are not for a file to say.
IGNORED = ("status", "last_sign_in", "created", "verified")
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si"})


class Row(msgspec.Struct, frozen=True):
    """One row of the file: somebody to invite, or what keeps it from being that."""

    number: int
    new: NewMember | None
    problems: list[Problem]


class People:
    """What is known of the people in some rows: for a hundred of them three calls, however many are members already."""

    def __init__(self, organization_id: str, rows: Iterable[Row]) -> None:
        asked = [row.new for row in rows if row.new is not None]
        keys = {store.email_key(new.email) for new in asked} | {phones.key(organization_id, new.phone) for new in asked}
        self._organization_id = organization_id
        self._known = DirectoryRows(keys)
        ids = {id_ for new in asked if (id_ := store.user_id_among(self._known, new.email)) is not None}
        self._users = DirectoryRows(
            key for id_ in ids for key in (store.user_key(id_), store.claim_key(organization_id, id_))
        )
        self._added: Counter[str] = Counter()

    def user(self, new: NewMember) -> User:
        """Their user, or one that is to be created (S-AUTH-01)."""
        id_ = store.user_id_among(self._known, new.email)
        known = self._users.get(store.UserRow, store.user_key(id_)) if id_ is not None else None
        return newcomers.new_user(new, "en") if known is None else store.user_from_row(known)

    def is_member(self, new: NewMember) -> bool:
        """Whether they have a membership of the organization that is not rejected or removed."""
        id_ = store.user_id_among(self._known, new.email)
        return id_ is not None and store.is_member_among(self._users, self._organization_id, id_)

    def members_with(self, phone: str) -> int:
        """How many others gave this number: members, and people of the rows before."""
        return phones.among(self._known, self._organization_id, phone) + self._added[phones.digits(phone)]

    def add(self, phone: str) -> None:
        """One more gives this number."""
        self._added[phones.digits(phone)] += 1


def read(line: Line) -> Row:
    """A row's cells, each converted as the form's field of that name."""
    cells = {name: cell.strip() for name, cell in line.cells.items()}
    data: dict[str, object] = {name: cells.get(name, "") for name in REQUIRED}
    if cells.get("role"):
        data["role"] = cells["role"].casefold().replace(" ", "_")
    for name in ("access_levels", "providers"):
        parts = cells.get(name, "").replace("|", ";").replace(",", ";").split(";")
        data[name] = [part.strip().casefold().replace(" ", "_") for part in parts if part.strip()]
    data["confirmed_person"] = cells.get("one_person", "").casefold() in _YES
    errors = [FieldError("/", "surplus_cells")] if line.surplus else []
    try:
        new = bodies.convert(data, NewMember)
    except Invalid as refusal:
        return wrong(Row(line.number, None, []), *errors, *refusal.fields)
    return wrong(Row(line.number, new, []), *errors)


def checked(row: Row, organization: Organization, people: People, *, backup_first: bool) -> Row:
    """A row with all that is wrong with it, as the form would say. `backup_first`: only a backup may be added yet."""
    if row.new is None:
        return row
    errors = newcomers.check_new(organization, row.new, people.members_with(row.new.phone))
    if backup_first and row.new.role != "backup_administrator":
        errors.append(FieldError("/role", "backup_comes_first"))
    elif people.is_member(row.new):
        errors.append(FieldError("/email", "already_member"))
    return wrong(row, *errors)


def wrong(row: Row, *errors: FieldError) -> Row:
    """A row with more that is wrong with it."""
    found = [Problem(row.number, error.pointer.split("/")[1], error.code, error.limit) for error in errors]
    return msgspec.structs.replace(row, problems=[*row.problems, *found])
