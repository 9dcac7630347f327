"""Items of credentials: passwords in the directory table, sessions in the short-lived one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from pynamodb.attributes import BooleanAttribute, ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, ShortLivedRow
from chalicelib.credentials.domain import Session

# TTL must not be faster than the timer that leaves its trace.
_COLLECTED_AFTER = timedelta(days=2)


class PasswordRow(DirectoryRow, discriminator="password"):
    """pk `USER#<user id>`, sk `PASSWORD`."""

    encoded = UnicodeAttribute()
    changed_at = UTCDateTimeAttribute()
    former = ListAttribute(of=UnicodeAttribute, null=True)
    """Hashes of passwords before this one, the newest first, as far as they can't come back (CRD-1)."""
    reminded = NumberAttribute(null=True)
    """The last reminder of its end that was given, as days before (CRD-2). A new password begins without."""


class TermsRow(DirectoryRow, discriminator="terms"):
    """When a user accepted the terms, and of which version of the plan's settings: pk `USER#<user id>`, sk `TERMS`."""

    accepted_at = UTCDateTimeAttribute()
    version = NumberAttribute()


class SessionRow(ShortLivedRow, discriminator="session"):
    """pk `SESSION#<SHA-256 of the token>`, sk `SESSION`."""

    user_id = UnicodeAttribute()
    user_epoch = NumberAttribute()
    kind = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    membership_id = UnicodeAttribute(null=True)
    device = UnicodeAttribute(null=True)
    started_at = UTCDateTimeAttribute()
    last_seen = UTCDateTimeAttribute()
    idle_minutes = NumberAttribute()
    hours = NumberAttribute()
    stage = UnicodeAttribute(null=True)
    proved_at = UTCDateTimeAttribute(null=True)
    browser = UnicodeAttribute(null=True)
    displaced = BooleanAttribute(null=True)
    known_as = UnicodeAttribute(null=True)
    network = UnicodeAttribute(null=True)


class OwnSessionsRow(ShortLivedRow, discriminator="own_sessions"):
    """A user's newest sessions: pk `USER#<user id>`, sk `SESSIONS`.

    Every sign-in writes it under the version it read, so that of many at once no more than the limit stay (S-SESS-08).
    """

    hashes = ListAttribute(of=UnicodeAttribute)
    version = NumberAttribute()


def password_key(user_id: str) -> tuple[str, str]:
    """Key of a user's password item."""
    return f"USER#{user_id}", "PASSWORD"


def password_row(user_id: str, encoded: str, changed_at: datetime, former: Iterable[str] = ()) -> PasswordRow:
    """The item of a user's password. `former`: hashes of those before it, the newest first."""
    return PasswordRow(*password_key(user_id), encoded=encoded, changed_at=changed_at, former=list(former) or None)


def plan_encoded(planned: change.Change, former: PasswordRow, encoded: str) -> None:
    """Plan the same password under another hash (S-AUTH-04): nothing else about it changes."""
    row = PasswordRow(former.pk, former.sk)
    planned.update(row, [PasswordRow.encoded.set(encoded)], PasswordRow.encoded == former.encoded)


def plan_reminded(planned: change.Change, password: PasswordRow, stage: int, error: Refusal) -> None:
    """Plan that its owner was reminded of a password's end. The commit raises `error` when it isn't as it was read."""
    row = PasswordRow(password.pk, password.sk)
    told = PasswordRow.reminded
    as_read = told.does_not_exist() if password.reminded is None else told == password.reminded
    same = (PasswordRow.changed_at == password.changed_at) & as_read
    planned.update(row, [told.set(stage)], same, error)


def password_of(user_id: str) -> PasswordRow | None:
    """A user's password item, or None before they have registered."""
    try:
        return PasswordRow.get(*password_key(user_id), consistent_read=True)
    except PasswordRow.DoesNotExist:
        return None


def terms_row(user_id: str, version: int, accepted_at: datetime) -> TermsRow:
    """The item of accepted terms."""
    return TermsRow(f"USER#{user_id}", "TERMS", accepted_at=accepted_at, version=version)


def session_key(hash_: str) -> tuple[str, str]:
    """Key of a session's item."""
    return f"SESSION#{hash_}", "SESSION"


def session_row(session: Session) -> SessionRow:
    """The item of a session."""
    return SessionRow(
        *session_key(session.hash),
        user_id=session.user_id,
        user_epoch=session.user_epoch,
        kind=session.kind,
        organization_id=session.organization_id,
        membership_id=session.membership_id,
        device=session.device or None,
        started_at=session.started_at,
        last_seen=session.last_seen,
        idle_minutes=session.idle_minutes,
        hours=session.hours,
        stage=session.stage,
        proved_at=session.proved_at,
        browser=session.browser or None,
        known_as=session.known_as or None,
        network=session.network or None,
        expires_at=session.ends_at + _COLLECTED_AFTER,
    )


def session(hash_: str) -> Session | None:
    """The session whose token has this hash, alive or not; None when there is none."""
    try:
        row = SessionRow.get(*session_key(hash_), consistent_read=True)
    except SessionRow.DoesNotExist:
        return None
    return _session_from_row(row)


def _session_from_row(row: SessionRow) -> Session:
    return Session(
        hash=row.pk.removeprefix("SESSION#"),
        user_id=row.user_id,
        user_epoch=int(row.user_epoch),
        kind=row.kind,  # type: ignore[arg-type]  # written from the same Literal
        organization_id=row.organization_id,
        membership_id=row.membership_id,
        device=row.device or "",
        started_at=row.started_at,
        last_seen=row.last_seen,
        idle_minutes=int(row.idle_minutes),
        hours=int(row.hours),
        stage=row.stage,  # type: ignore[arg-type]  # likewise
        proved_at=row.proved_at or row.started_at,
        browser=row.browser or "",
        displaced=bool(row.displaced),
        known_as=row.known_as or "",
        network=row.network or "",
    )


class OwnSessions(msgspec.Struct, frozen=True, kw_only=True):
    """A user's sessions that may be alive, oldest first, and the version of the item that names them."""

    hashes: tuple[str, ...] = ()
    version: int = 0


def own_sessions_key(user_id: str) -> tuple[str, str]:
    """Key of the item that names a user's sessions."""
    return f"USER#{user_id}", "SESSIONS"


def own_sessions(user_id: str) -> OwnSessions:
    """A user's newest sessions, alive or not."""
    try:
        row = OwnSessionsRow.get(*own_sessions_key(user_id), consistent_read=True)
    except OwnSessionsRow.DoesNotExist:
        return OwnSessions()
    return OwnSessions(hashes=tuple(map(str, row.hashes)), version=int(row.version))


def sessions(hashes: Iterable[str]) -> list[Session]:
    """The sessions with these hashes that are still there."""
    found = ShortLivedRow.batch_get([session_key(hash_) for hash_ in hashes], consistent_read=True)
    return [_session_from_row(row) for row in found if isinstance(row, SessionRow)]


def plan_own_sessions(
    planned: change.Change, user_id: str, before: OwnSessions, hashes: Iterable[str], faster: Refusal
) -> None:
    """Plan which sessions a user has. The commit raises `faster` when another sign-in was."""
    row = OwnSessionsRow(*own_sessions_key(user_id), hashes=list(hashes), version=before.version + 1)
    unchanged = OwnSessionsRow.version == before.version if before.version else OwnSessionsRow.pk.does_not_exist()
    planned.put(row, unchanged, faster)


def touch(session_: Session, now: datetime) -> None:
    """Write that a session was used now; one that ended meanwhile stays ended."""
    row = SessionRow(*session_key(session_.hash))
    change.touch(row, [SessionRow.last_seen.set(now)], SessionRow.pk.exists())
