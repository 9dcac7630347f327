"""Items of notifications: preferences in the directory table; `addresses`, `claims`, `mails` in the short-lived one."""

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.change import Change
from chalicelib.core.errors import Stale
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.notifications.domain import Category, Channel, Preferences


class PreferencesRow(DirectoryRow, discriminator="preferences"):
    """pk `USER#<user id>`, sk `PREFERENCES`. Channels and address are written apart, so neither waits for the other."""

    channels = JSONAttribute(null=True)
    version = NumberAttribute(null=True)
    """Of the channels; none for those who never saved."""
    notice_address = UnicodeAttribute(null=True)


def preferences_key(user_id: str) -> tuple[str, str]:
    """Key of a user's preferences."""
    return f"USER#{user_id}", "PREFERENCES"


def preferences_row(user_id: str, preferences: Preferences) -> PreferencesRow:
    """The whole item of a user's preferences, for the set-up."""
    return PreferencesRow(
        *preferences_key(user_id),
        channels=msgspec.to_builtins(preferences.channels),
        version=preferences.version or None,
        notice_address=preferences.notice_address,
    )


def preferences(user_id: str) -> Preferences:
    """A user's preferences; the initial ones when they never chose."""
    try:
        return _preferences(PreferencesRow.get(*preferences_key(user_id), consistent_read=True))
    except PreferencesRow.DoesNotExist:
        return Preferences()


def preferences_among(rows: DirectoryRows, user_id: str) -> Preferences:
    """A user's preferences, of rows that were read together; the initial ones when they never chose."""
    row = rows.get(PreferencesRow, preferences_key(user_id))
    return Preferences() if row is None else _preferences(row)


def _preferences(row: PreferencesRow) -> Preferences:
    return Preferences(
        channels=msgspec.convert(row.channels or {}, dict[Category, Channel]),
        notice_address=row.notice_address,
        version=int(row.version or 0),
    )


def save_channels(planned: Change, user_id: str, before: Preferences, after: Preferences) -> None:
    """Plan that a user's channels are those of `after`, unless somebody saved since `before`: then Stale."""
    row = PreferencesRow
    unsaved: Condition = row.pk.does_not_exist() | row.version.does_not_exist()
    same: Condition = row.version == before.version if before.version else unsaved
    actions = [row.channels.set(msgspec.to_builtins(after.channels)), row.version.set(before.version + 1)]
    planned.count(row(*preferences_key(user_id)), actions, same, Stale())
