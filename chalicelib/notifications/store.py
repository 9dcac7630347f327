"""Items of notifications: preferences in the directory table, claims in the short-lived one."""

from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import change, ids
from chalicelib.core.tables import DirectoryRow, ShortLivedRow
from chalicelib.notifications.domain import CLAIM_HELD, MOST_MAILS, REMEMBERED, Category, Preferences


class PreferencesRow(DirectoryRow, discriminator="preferences"):
    """pk `USER#<user id>`, sk `PREFERENCES`."""

    channels = JSONAttribute()


class ClaimRow(ShortLivedRow, discriminator="notice"):
    """At most one sender at a time, remembered beyond any redelivery: pk `NOTICE#<event id>`, sk who is told."""

    state = UnicodeAttribute()
    claimed_at = UTCDateTimeAttribute()
    attempt = NumberAttribute()


class MailsRow(ShortLivedRow, discriminator="mails"):
    """How many mails an address got: pk `MAILS#<digest of the address>#<category>`, sk `<hour or day>`."""

    number = NumberAttribute()


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


def allow(address: str, category: Category, now: datetime) -> bool:
    """Count one more mail to an address, in this hour and on this day. False when it had its fill (S-MAIL-04).

    By category, so that nobody can use up what somebody is to be told about their own security (S-LIM-03).
    """
    return all(
        change.touch(
            MailsRow(f"MAILS#{ids.digest(address)}#{category}", now.strftime(span)),
            [MailsRow.number.add(1), MailsRow.expires_at.set(now + 2 * lasts)],
            MailsRow.pk.does_not_exist() | (MailsRow.number < most),
        )
        for span, lasts, most in MOST_MAILS
    )


def claim_row(event_id: str, receiver: str) -> ClaimRow:
    """The item with the key of a claim."""
    return ClaimRow(f"NOTICE#{event_id}", receiver)


def claim(event_id: str, receiver: str, now: datetime) -> bool:
    """Take the sending of one notice. False when somebody holds it or it has been sent."""
    abandoned = (ClaimRow.state == "sending") & (ClaimRow.claimed_at <= now - CLAIM_HELD)
    free = ClaimRow.pk.does_not_exist() | (ClaimRow.state == "given_back") | abandoned
    return change.touch(
        claim_row(event_id, receiver),
        [
            ClaimRow.state.set("sending"),
            ClaimRow.claimed_at.set(now),
            ClaimRow.attempt.add(1),
            ClaimRow.expires_at.set(now + REMEMBERED),
        ],
        free,
    )


def give_back(event_id: str, receiver: str) -> None:
    """Let somebody else try, after a sending that is known to have failed."""
    change.touch(claim_row(event_id, receiver), [ClaimRow.state.set("given_back")], ClaimRow.state == "sending")


def claim_state(event_id: str, receiver: str) -> str | None:
    """`sending`, `sent`, `given_back`, or None when nobody took it."""
    try:
        return ClaimRow.get(*_key(event_id, receiver), consistent_read=True).state
    except ClaimRow.DoesNotExist:
        return None


def _key(event_id: str, receiver: str) -> tuple[str, str]:
    return f"NOTICE#{event_id}", receiver
