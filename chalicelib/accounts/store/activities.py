"""When users were last there: what traffic writes about them, apart from themselves."""

from collections.abc import Iterable
from datetime import datetime

from pynamodb.attributes import UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.accounts.domain.clocks import NEVER, Activity
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class ActivityRow(DirectoryRow, discriminator="activity"):
    """What traffic writes about a user: pk `USER#<user id>`, sk `ACTIVITY`."""

    last_sign_in = UTCDateTimeAttribute(null=True)
    enabled_at = UTCDateTimeAttribute(null=True)
    cut_at = UTCDateTimeAttribute(null=True)
    warned_for = UTCDateTimeAttribute(null=True)


def key(user_id: str) -> tuple[str, str]:
    """Key of a user's activity."""
    return f"USER#{user_id}", "ACTIVITY"


def from_row(row: ActivityRow) -> Activity:
    """The activity in an item."""
    return Activity(
        last_sign_in=row.last_sign_in, enabled_at=row.enabled_at, cut_at=row.cut_at, warned_for=row.warned_for
    )


def activity(user_id: str) -> Activity:
    """When a user was last there, read strongly."""
    return among(DirectoryRows([key(user_id)]), user_id)


def among(rows: DirectoryRows, user_id: str) -> Activity:
    """Likewise, of rows that were read together."""
    row = rows.get(ActivityRow, key(user_id))
    return NEVER if row is None else from_row(row)


def activities(user_ids: Iterable[str]) -> dict[str, Activity]:
    """Likewise for many, by id; those who never were are left out. In batches of a hundred."""
    keys = [key(user_id) for user_id in dict.fromkeys(user_ids)]
    return {row.pk.removeprefix("USER#"): from_row(row) for row in ActivityRow.batch_get(keys)} if keys else {}


def last_sign_ins(user_ids: Iterable[str]) -> dict[str, datetime]:
    """When users last signed in, by id; those who never did are left out. In batches of a hundred."""
    return {id_: found.last_sign_in for id_, found in activities(user_ids).items() if found.last_sign_in is not None}


def plan_use(change: Change, user_id: str, before: Activity, after: Activity) -> None:
    """Plan that a user's clock starts again, by a sign-in or an enabling (`clocks.started_again`).

    Whoever does so at the same moment may write too: what had lapsed when this was read has lapsed all the same.
    """
    actions: list[Action] = [
        getattr(ActivityRow, name).set(getattr(after, name))
        for name in ("last_sign_in", "enabled_at", "cut_at")
        if getattr(after, name) != getattr(before, name)
    ]
    if actions:
        change.count(ActivityRow(*key(user_id)), actions)


def require(change: Change, user_id: str, before: Activity, error: Refusal) -> None:
    """Require that a user was not there since `before` was read. Otherwise the commit fails with `error`."""
    change.check(ActivityRow(*key(user_id)), unchanged(before), error)


def plan_warned(change: Change, user_id: str, before: Activity, warned_for: datetime | None, error: Refusal) -> None:
    """Plan what a user was last warned of, if of anything (INA-2), and require that they weren't there since.

    The commit fails with `error` too where another warning was faster.
    """
    row = ActivityRow
    last = before.warned_for
    same = row.warned_for.does_not_exist() if last is None else row.warned_for == last
    action = row.warned_for.remove() if warned_for is None else row.warned_for.set(warned_for)
    change.count(ActivityRow(*key(user_id)), [action], unchanged(before) & same, error)


def unchanged(before: Activity) -> Condition:
    """Condition on the item: nobody signed in and nothing was enabled since it was read."""
    row = ActivityRow
    signed_in: Condition = (
        row.last_sign_in.does_not_exist() if before.last_sign_in is None else row.last_sign_in == before.last_sign_in
    )
    enabled: Condition = (
        row.enabled_at.does_not_exist() if before.enabled_at is None else row.enabled_at == before.enabled_at
    )
    same: Condition = signed_in & enabled
    return same
