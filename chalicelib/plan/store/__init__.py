"""Items of the plan in the directory table (docs/data-model.md)."""

from collections.abc import Callable, Iterable

import msgspec
from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors
from chalicelib.core.tables import DirectoryRow, DirectoryRows, ListedRow
from chalicelib.core.writing import sort_key
from chalicelib.plan.domain import Department, PlanAdministrators, PlanSettings, StaffMember
from chalicelib.plan.store import reviews

_PLAN = "PLAN"
_STAFF = "STAFF"


class SettingsRow(DirectoryRow, discriminator="plan_settings"):
    """pk `PLAN`, sk `SETTINGS`."""

    document = JSONAttribute()


class DepartmentRow(DirectoryRow, discriminator="department"):
    """pk `PLAN`, sk `DEPARTMENT#<department id>`."""

    name = UnicodeAttribute()
    category = UnicodeAttribute()
    description = UnicodeAttribute()
    audience = UnicodeAttribute()
    active = BooleanAttribute()
    version = NumberAttribute(default=0)


class StaffRow(ListedRow, discriminator="staff"):
    """pk `STAFF`, sk `USER#<user id>`: listed by name, and by when they were verified, along indexes."""

    name = UnicodeAttribute()
    email = UnicodeAttribute()
    phone = UnicodeAttribute(null=True)
    roles = UnicodeSetAttribute()
    departments = UnicodeSetAttribute(null=True)
    status = UnicodeAttribute()
    causes = UnicodeSetAttribute(null=True)
    accepted = BooleanAttribute()
    created_at = UTCDateTimeAttribute(null=True)
    invitation_ends_at = UTCDateTimeAttribute(null=True)
    verified_at = UTCDateTimeAttribute(null=True)
    enabled_at = UTCDateTimeAttribute(null=True)
    entries = NumberAttribute(default=0)
    epoch = NumberAttribute()


class PlanAdministratorsRow(DirectoryRow, discriminator="plan_administrators"):
    """pk `PLAN`, sk `ADMINISTRATORS`. Its version makes changes of plan administrators wait for each other."""

    active = UnicodeSetAttribute(null=True)
    version = NumberAttribute()


class BootstrapRow(DirectoryRow, discriminator="bootstrap"):
    """Whose account was made by the bootstrap: pk `PLAN`, sk `BOOTSTRAP`. Of several at once one makes it (CRD-11)."""

    user_id = UnicodeAttribute()


def bootstrap_row(user_id: str) -> BootstrapRow:
    """The item that says the first account is made."""
    return BootstrapRow(_PLAN, "BOOTSTRAP", user_id=user_id)


def has_staff() -> bool:
    """Whether there is any staff account, whatever its status."""
    return any(True for _ in StaffRow.query(_STAFF, limit=1, consistent_read=True))


def settings_row(settings: PlanSettings) -> SettingsRow:
    """The item of the settings document."""
    return SettingsRow(_PLAN, "SETTINGS", document=msgspec.to_builtins(settings))


SETTINGS_KEY = (_PLAN, "SETTINGS")
ADMINISTRATORS_KEY = (_PLAN, "ADMINISTRATORS")


def settings() -> PlanSettings:
    """The plan's settings. Raises SettingsRow.DoesNotExist in a deployment that isn't set up."""
    return settings_from_row(SettingsRow.get(*SETTINGS_KEY))


def settings_to_change() -> tuple[PlanSettings, Condition]:
    """The plan's settings, read strongly, and the condition on their item that nobody changed them since."""
    found = SettingsRow.get(*SETTINGS_KEY, consistent_read=True)
    unchanged: Condition = SettingsRow.document == found.document
    return settings_from_row(found), unchanged


def settings_among(rows: DirectoryRows) -> PlanSettings:
    """The plan's settings, of rows that were read together. Raises SettingsRow.DoesNotExist as above."""
    row = rows.get(SettingsRow, SETTINGS_KEY)
    if row is None:
        raise SettingsRow.DoesNotExist
    return settings_from_row(row)


def settings_from_row(row: SettingsRow) -> PlanSettings:
    """The settings in their item."""
    return msgspec.convert(row.document, PlanSettings)


def department_row(department: Department) -> DepartmentRow:
    """The item of a department."""
    return DepartmentRow(
        _PLAN,
        f"DEPARTMENT#{department.id}",
        name=department.name,
        category=department.category,
        description=department.description,
        audience=department.audience,
        active=department.active,
        version=department.version,
    )


def department_key(department_id: str) -> tuple[str, str]:
    """Key of a department's item."""
    return _PLAN, f"DEPARTMENT#{department_id}"


def department_from_row(row: DepartmentRow) -> Department:
    """The department in an item."""
    return Department(
        id=row.sk.removeprefix("DEPARTMENT#"),
        name=row.name,
        category=row.category,
        description=row.description,
        audience=row.audience,  # type: ignore[arg-type]  # written from the same Literal
        active=row.active,
        version=int(row.version),
    )


def departments(*, strongly: bool = False) -> list[Department]:
    """All departments by name. A plan has tens of them, so they are read whole; `strongly` to decide by them."""
    rows = DepartmentRow.query(_PLAN, DepartmentRow.sk.startswith("DEPARTMENT#"), consistent_read=strongly)
    return sorted((department_from_row(row) for row in rows), key=lambda department: department.name.casefold())


def departments_by_id(ids: Iterable[str]) -> dict[str, Department]:
    """Departments by id; unknown ids are left out."""
    wanted = list(ids)
    return departments_among(DirectoryRows(map(department_key, wanted)), wanted)


def departments_among(rows: DirectoryRows, ids: Iterable[str]) -> dict[str, Department]:
    """Departments by id, of rows that were read together; unknown ids are left out."""
    found = ((id_, rows.get(DepartmentRow, department_key(id_))) for id_ in ids)
    return {id_: department_from_row(row) for id_, row in found if row is not None}


def staff_key(user_id: str) -> tuple[str, str]:
    """Key of a user's staff item."""
    return _STAFF, f"USER#{user_id}"


def staff_row(member: StaffMember) -> StaffRow:
    """The item of a staff member."""
    return StaffRow(
        *staff_key(member.user_id),
        name=member.name,
        email=member.email,
        phone=member.phone or None,
        roles=set(member.roles),
        departments=set(member.departments) or None,
        status=member.status,
        causes=set(member.causes) or None,
        accepted=member.accepted,
        created_at=member.created_at,
        invitation_ends_at=member.invitation_ends_at,
        verified_at=member.verified_at,
        enabled_at=member.enabled_at,
        entries=member.entries,
        epoch=member.epoch,
        sort_name=f"{sort_key(member.name)}#{member.user_id}",
        sort_review=reviews.sort_review(member),
    )


def staff_from_row(row: StaffRow) -> StaffMember:
    """The staff member in an item."""
    return StaffMember(
        user_id=row.sk.removeprefix("USER#"),
        name=row.name,
        email=row.email,
        phone=row.phone or "",
        roles=frozenset(row.roles),  # type: ignore[arg-type]  # written from the same Literal
        departments=frozenset(row.departments or ()),
        status=row.status,  # type: ignore[arg-type]  # likewise
        causes=frozenset(row.causes or ()),  # type: ignore[arg-type]  # likewise
        accepted=row.accepted,
        created_at=row.created_at,
        invitation_ends_at=row.invitation_ends_at,
        verified_at=row.verified_at,
        enabled_at=row.enabled_at,
        entries=int(row.entries or 0),
        epoch=int(row.epoch),
    )


def staff_member(user_id: str) -> StaffMember | None:
    """A user's place at the plan, if they have one."""
    try:
        return staff_from_row(StaffRow.get(*staff_key(user_id), consistent_read=True))
    except StaffRow.DoesNotExist:
        return None


def staff_by_id(user_ids: Iterable[str]) -> dict[str, StaffMember]:
    """Places at the plan by user id; of whoever has none there is none."""
    wanted = list(user_ids)
    rows = DirectoryRows(map(staff_key, wanted)) if wanted else None
    found = ((id_, rows.get(StaffRow, staff_key(id_))) for id_ in wanted if rows is not None)
    return {id_: staff_from_row(row) for id_, row in found if row is not None}


def staff_page(
    keep: Callable[[StaffMember], bool] | None, cursor: str | None, size: int, scope: tuple[str, ...]
) -> cursors.Page[StaffMember]:
    """A page of the plan's staff by name, of those that `keep` wants; a plan has tens to hundreds.

    Reads one row more than it shows, and with `keep` as many as it takes.
    """
    start = cursors.open_(cursor, scope) if cursor else None
    found: list[StaffRow] = []
    rows = ListedRow.by_name.query(
        _STAFF,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=size + 1 if keep is None else None,
    )
    for row in rows:
        if keep is not None and not keep(staff_from_row(row)):
            continue
        if len(found) == size:
            last = found[-1]
            position = {"pk": last.pk, "sk": last.sk, "sort_name": last.sort_name}
            return cursors.Page([staff_from_row(each) for each in found], cursors.seal(position, scope))
        found.append(row)
    return cursors.Page([staff_from_row(each) for each in found])


def still_staff(member: StaffMember) -> Condition:
    """Condition on the staff item: active, and nothing of it changed since it was read (S-AZ-08)."""
    condition: Condition = (StaffRow.status == "active") & (StaffRow.epoch == member.epoch)
    return condition


def unchanged_staff(member: StaffMember) -> Condition:
    """Condition on the staff item: as it was read, whatever its status."""
    condition: Condition = (StaffRow.entries == member.entries) & (StaffRow.epoch == member.epoch)
    return condition


def not_of_plan() -> Condition:
    """Condition on the staff item: nobody who belongs to the plan, whatever a clock has made of them."""
    condition: Condition = StaffRow.pk.does_not_exist() | StaffRow.status.is_in("unverified", "disabled")
    return condition


def plan_administrators() -> PlanAdministrators:
    """The active plan administrators; none, of version 0, in a plan that is being set up."""
    return administrators_among(DirectoryRows([ADMINISTRATORS_KEY]))


def administrators_among(rows: DirectoryRows) -> PlanAdministrators:
    """The active plan administrators, of rows that were read together; none as above."""
    found = rows.get(PlanAdministratorsRow, ADMINISTRATORS_KEY)
    if found is None:
        return PlanAdministrators()
    return PlanAdministrators(frozenset(found.active or ()), int(found.version))


def plan_administrators_row(administrators: PlanAdministrators) -> PlanAdministratorsRow:
    """The item that replaces the one that was read: one version on."""
    return PlanAdministratorsRow(
        *ADMINISTRATORS_KEY, active=set(administrators.active) or None, version=administrators.version + 1
    )


def unchanged_administrators(administrators: PlanAdministrators) -> Condition:
    """Condition on that item: nobody changed it since it was read."""
    row = PlanAdministratorsRow
    condition: Condition = row.version == administrators.version if administrators.version else row.pk.does_not_exist()
    return condition
