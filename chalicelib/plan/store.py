"""Items of the plan in the directory table (docs/data-model.md)."""

from collections.abc import Iterable

import msgspec
from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.tables import DirectoryRow
from chalicelib.plan.domain import Department, PlanSettings, StaffMember

_PLAN = "PLAN"


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


class StaffRow(DirectoryRow, discriminator="staff"):
    """pk `USER#<user id>`, sk `STAFF`."""

    name = UnicodeAttribute()
    roles = UnicodeSetAttribute()
    departments = UnicodeSetAttribute(null=True)
    active = BooleanAttribute()
    epoch = NumberAttribute()


def settings_row(settings: PlanSettings) -> SettingsRow:
    """The item of the settings document."""
    return SettingsRow(_PLAN, "SETTINGS", document=msgspec.to_builtins(settings))


SETTINGS_KEY = (_PLAN, "SETTINGS")


def settings() -> PlanSettings:
    """The plan's settings. Raises SettingsRow.DoesNotExist in a deployment that isn't set up."""
    return settings_from_row(SettingsRow.get(*SETTINGS_KEY))


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
    )


def departments() -> list[Department]:
    """All departments by name. A plan has tens of them, so they are read whole."""
    rows = DepartmentRow.query(_PLAN, DepartmentRow.sk.startswith("DEPARTMENT#"))
    return sorted((department_from_row(row) for row in rows), key=lambda department: department.name.casefold())


def departments_by_id(ids: Iterable[str]) -> dict[str, Department]:
    """Departments by id; unknown ids are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    keys = [(_PLAN, f"DEPARTMENT#{id_}") for id_ in wanted]
    found = (department_from_row(row) for row in DepartmentRow.batch_get(keys, consistent_read=True))
    return {department.id: department for department in found}


def staff_key(user_id: str) -> tuple[str, str]:
    """Key of a user's staff item."""
    return f"USER#{user_id}", "STAFF"


def staff_row(member: StaffMember) -> StaffRow:
    """The item of a staff member."""
    return StaffRow(
        *staff_key(member.user_id),
        name=member.name,
        roles=set(member.roles),
        departments=set(member.departments) or None,
        active=member.active,
        epoch=member.epoch,
    )


def staff_from_row(row: StaffRow) -> StaffMember:
    """The staff member in an item."""
    return StaffMember(
        user_id=row.pk.removeprefix("USER#"),
        name=row.name,
        roles=frozenset(row.roles),  # type: ignore[arg-type]  # written from the same Literal
        departments=frozenset(row.departments or ()),
        active=row.active,
        epoch=int(row.epoch),
    )


def staff_member(user_id: str) -> StaffMember | None:
    """A user's place at the plan, if they have one."""
    try:
        return staff_from_row(StaffRow.get(*staff_key(user_id), consistent_read=True))
    except StaffRow.DoesNotExist:
        return None


def still_staff(member: StaffMember) -> Condition:
    """Condition on the staff item: active, and nothing of it changed since it was read (S-AZ-08)."""
    condition: Condition = (StaffRow.active == True) & (StaffRow.epoch == member.epoch)  # noqa: E712 - not a test
    return condition
