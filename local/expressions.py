"""When an EventBridge schedule expression, `rate(...)` or `cron(...)`, is due next."""

import re
from datetime import datetime, timedelta

_UNITS = {"minute": 1, "hour": 60, "day": 24 * 60}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MAX_DAYS = 4 * 366
# Lowest and highest value, and the names that may stand for values, of minute, hour, day, month, day of week.
_FIELDS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, _MONTHS),
    (1, 7, _DAYS),
)


def next_due(expression: str, after: datetime) -> datetime:
    """The first time later than `after` (UTC) that the expression names.

    Raises ValueError for what this doesn't know: the year field and `L`, `W`, `#`.
    """
    rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if rate:
        return after + timedelta(minutes=int(rate[1]) * _UNITS[rate[2]])
    cron = re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) \*\)", expression)
    if not cron:
        raise ValueError(f"schedule expression not understood: {expression}")
    minutes, hours, days, months, weekdays = (
        _values(text, *field) for text, field in zip(cron.groups(), _FIELDS, strict=True)
    )
    start = after.replace(second=0, microsecond=0) + timedelta(minutes=1)
    for ahead in range(_MAX_DAYS):
        day = start.replace(hour=0, minute=0) + timedelta(days=ahead)
        if day.month not in months or day.day not in days or day.isoweekday() % 7 + 1 not in weekdays:
            continue
        for hour in sorted(hours):
            for minute in sorted(minutes):
                moment = day.replace(hour=hour, minute=minute)
                if moment >= start:
                    return moment
    raise ValueError(f"schedule expression is never due: {expression}")


def _values(text: str, lowest: int, highest: int, names: tuple[str, ...]) -> set[int]:
    """The values of one cron field: `*`, `?`, `5`, `1,2`, `MON-FRI`, `0/15`."""
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        if span in ("*", "?"):
            first, last = lowest, highest
        else:
            low, _, high = span.partition("-")
            first = _value(low, names)
            last = _value(high, names) if high else (highest if step else first)
        values.update(range(first, last + 1, int(step or 1)))
    if not values or min(values) < lowest or max(values) > highest:
        raise ValueError(f"schedule field out of range: {text}")
    return values


def _value(text: str, names: tuple[str, ...]) -> int:
    return names.index(text.upper()) + 1 if text.upper() in names else int(text)
