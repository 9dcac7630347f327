"""Deadlines as people read them, in the plan's time zone: the words of each language are in its catalogue (PLT-8)."""

from datetime import datetime, time, timedelta, tzinfo

from chalicelib.core import texts
from chalicelib.core.texts import Language

MOMENT, DAY, MONTHS = "mail.date.moment", "mail.date.day", "mail.date.months"
"""Texts: until an instant, until a day is over, and the names of the months."""


def deadline(language: Language, at: datetime, zone: tzinfo) -> str:
    """Until when something can be done that is over at `at`, to the minute: said never later than it is.

    Such as "before March 2, 2026, 10:00 AM EST"; what is over at midnight can be done "by the end of" the day before.
    """
    wall = at.astimezone(zone)
    if wall.time() == time():
        return _written(language, DAY, (wall - timedelta(minutes=1)))
    return _written(language, MOMENT, wall)


def _written(language: Language, key: str, wall: datetime) -> str:
    month = texts.text(language, MONTHS).split()[wall.month - 1]
    return texts.text(language, key, month=month, day=wall.day, year=wall.year, at=wall)
