"""Items of second factors, in the directory table."""

from pynamodb.attributes import ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.tables import DirectoryRow
from chalicelib.credentials.domain.factors import Factor


class FactorRow(DirectoryRow, discriminator="factor"):
    """pk `USER#<user id>`, sk `FACTOR`."""

    sealed = UnicodeAttribute()
    enrolled_at = UTCDateTimeAttribute()
    last_step = NumberAttribute()
    recovery = ListAttribute(of=UnicodeAttribute)
    version = NumberAttribute()


def factor_key(user_id: str) -> tuple[str, str]:
    """Key of a user's factor."""
    return f"USER#{user_id}", "FACTOR"


def factor_row(factor: Factor) -> FactorRow:
    """The item of a factor."""
    return FactorRow(
        *factor_key(factor.user_id),
        sealed=factor.sealed,
        enrolled_at=factor.enrolled_at,
        last_step=factor.last_step,
        recovery=sorted(factor.recovery),
        version=factor.version,
    )


def factor_from_row(row: FactorRow) -> Factor:
    """The factor in an item."""
    return Factor(
        user_id=row.pk.removeprefix("USER#"),
        sealed=row.sealed,
        enrolled_at=row.enrolled_at,
        last_step=int(row.last_step),
        recovery=frozenset(map(str, row.recovery)),
        version=int(row.version),
    )


def factor_of(user_id: str) -> Factor | None:
    """A user's factor; None when they have none."""
    try:
        return factor_from_row(FactorRow.get(*factor_key(user_id), consistent_read=True))
    except FactorRow.DoesNotExist:
        return None
