"""Items of notifications: preferences in the directory table; `claims` and `mails` in the short-lived one."""

import msgspec
from pynamodb.attributes import JSONAttribute

from chalicelib.core.tables import DirectoryRow
from chalicelib.notifications.domain import Preferences


class PreferencesRow(DirectoryRow, discriminator="preferences"):
    """pk `USER#<user id>`, sk `PREFERENCES`."""

    channels = JSONAttribute()


def preferences_row(user_id: str, preferences: Preferences) -> PreferencesRow:
    """The item of a user's preferences."""
    return PreferencesRow(f"USER#{user_id}", "PREFERENCES", channels=msgspec.to_builtins(preferences.channels))


def preferences(user_id: str) -> Preferences:
    """A user's preferences; the initial ones when they never chose."""
    try:
        row = PreferencesRow.get(f"USER#{user_id}", "PREFERENCES")
    except PreferencesRow.DoesNotExist:
        return Preferences()
    return msgspec.convert({"channels": row.channels}, Preferences)
