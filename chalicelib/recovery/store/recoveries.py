"""What a person has tried to get back in: pk `RECOVERY#<user id>`, sk `RECOVERY`.

One item for the live case and the account's attempts of late, so that one conditional update counts for both: a user
has one live link (core/links.py).
"""

from datetime import datetime

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.recovery.domain.recoveries import LATELY, Recovery


class RecoveryRow(ShortLivedRow, discriminator="recovery"):
    """Written by attempts; `version` rises with each."""

    link = UnicodeAttribute()
    answered = BooleanAttribute()
    factor = UnicodeAttribute(null=True)
    tried = NumberAttribute()
    attempts = JSONAttribute()
    version = NumberAttribute()


def key(user_id: str) -> tuple[str, str]:
    """Key of a user's item."""
    return f"RECOVERY#{user_id}", "RECOVERY"


def recovery(user_id: str) -> Recovery:
    """What a user has tried; nothing, of version 0, for whoever never did."""
    try:
        row = RecoveryRow.get(*key(user_id), consistent_read=True)
    except RecoveryRow.DoesNotExist:
        return Recovery(user_id=user_id)
    return Recovery(
        user_id=user_id,
        link=row.link,
        answered=row.answered,
        factor=row.factor or "",
        tried=int(row.tried),
        attempts=tuple(map(datetime.fromisoformat, row.attempts)),
        version=int(row.version),
    )


def replace(before: Recovery, after: Recovery, now: datetime) -> bool:
    """Write what follows from `before`. False, writing nothing, when another attempt was faster."""
    return change.touch(row(before), actions(after, now), unchanged(before))


def row(found: Recovery) -> RecoveryRow:
    """The item with the key of a user's."""
    return RecoveryRow(*key(found.user_id))


def actions(after: Recovery, now: datetime) -> list[Action]:
    """The update that makes the item what `after` says."""
    return [
        RecoveryRow.link.set(after.link),
        RecoveryRow.answered.set(after.answered),
        RecoveryRow.factor.set(after.factor) if after.factor else RecoveryRow.factor.remove(),
        RecoveryRow.tried.set(after.tried),
        RecoveryRow.attempts.set([at.isoformat() for at in after.attempts]),
        RecoveryRow.version.set(after.version),
        RecoveryRow.expires_at.set(now + 2 * LATELY),
    ]


def unchanged(before: Recovery) -> Condition:
    """Condition on the item: nobody tried since it was read."""
    row_ = RecoveryRow
    condition: Condition = row_.version == before.version if before.version else row_.pk.does_not_exist()
    return condition
