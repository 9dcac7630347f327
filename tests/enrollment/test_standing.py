"""What a practice lacks first, and when it is chased for that (ORG-1, ORG-3, ORG-4)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from chalicelib.accounts.domain.roster import Roster
from chalicelib.enrollment.domain import standing
from chalicelib.enrollment.domain.nominations import FORM_LIVES, Nomination, NominationState
from chalicelib.enrollment.domain.standing import Lack, Seen, Standing
from chalicelib.organizations.domain import Organization

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)

PRACTICE = Organization(id="org_1", tin="000000001", name="Maple Example Clinic")
NOBODY = Roster(organization_id="org_1", version=4)
"""There were administrators."""
ALONE = Roster(organization_id="org_1", seat="lou", active=frozenset({"lou"}))
BOTH = Roster(organization_id="org_1", seat="lou", active=frozenset({"lou", "bea"}), backups=frozenset({"bea"}))


def _nomination(state: NominationState) -> Nomination:
    return Nomination(
        id="nom_1",
        organization_id="org_1",
        state=state,
        executive_name="Cleo Fictional",
        executive_email="chief@maple.example",
        sent_by="usr_1",
        sent_at=NOW,
        ends_at=NOW + FORM_LIVES,
    )


def _seen(roster: Roster | None = None, **changes: object) -> Seen:
    """A practice that nobody has been sent a form of, or one with administrators."""
    made = Seen(
        organization=PRACTICE,
        nomination=None,
        roster=roster or Roster(organization_id="org_1"),
        administered=roster is not None,
        has_users=False,
    )
    return msgspec.structs.replace(made, **changes)


def _look(before: Standing | None, seen: Seen, now: datetime) -> Standing:
    return standing.following(before, seen, ZONE, now)


@pytest.mark.parametrize(
    ("state", "lack"),
    [
        (None, "not_sent"),
        ("sent", "not_reached"),
        ("returned", "not_reached"),
        ("signed", "to_verify"),
        ("approved", "not_registered"),
        ("withdrawn", "not_sent"),
    ],
)
def test_before_there_is_an_administrator_the_nomination_tells(state: NominationState | None, lack: Lack) -> None:
    """ORG-1: also once its form has expired, as only a signature ends that."""
    seen = _seen(nomination=None if state is None else _nomination(state))
    assert standing.first_lack(seen, NOW) == lack
    assert standing.first_lack(seen, NOW + 15 * DAY) == lack
    # A practice that has administrators may have a successor's nomination under way.
    assert standing.first_lack(
        msgspec.structs.replace(_seen(BOTH, has_users=True), nomination=seen.nomination), NOW
    ) == ("complete")


def test_then_administrators_and_people_do() -> None:
    """ORG-3, ORG-4: in this order."""
    assert standing.first_lack(_seen(NOBODY), NOW) == "without_administrator"
    assert standing.first_lack(_seen(ALONE, has_users=True), NOW) == "no_backup"
    assert standing.first_lack(_seen(BOTH), NOW) == "no_users"
    assert standing.first_lack(_seen(BOTH, has_users=True), NOW) == "complete"
    ended = msgspec.structs.replace(PRACTICE, closed_at=NOW)
    assert standing.first_lack(_seen(BOTH, has_users=True, organization=ended), NOW) == "closed"


def test_a_live_invitation_of_a_backup_is_enough_to_the_second() -> None:
    """ORG-3: and the practice is looked at again when it ends, though nothing happens then."""
    ends = NOW + timedelta(hours=72)
    invited = msgspec.structs.replace(ALONE, invited_backups={"bea": ends})
    assert standing.first_lack(_seen(invited), ends - INSTANT) == "no_users"
    assert standing.first_lack(_seen(invited), ends) == "no_backup"
    place = _look(None, _seen(invited, has_users=True), NOW)
    assert (place.lacks, place.look_at) == ("complete", ends)
    assert _look(place, _seen(BOTH, has_users=True), NOW + DAY).look_at == ends
    later = _look(place, _seen(invited, has_users=True), ends)
    assert (later.lacks, later.since, later.look_at) == ("no_backup", ends, ends + 7 * DAY)


def test_a_lack_that_goes_on_began_when_it_was_first_seen() -> None:
    """ORG-3: a name or a wave that changed begins none; another lack does, and what was told is forgotten."""
    place = msgspec.structs.replace(_look(None, _seen(ALONE), NOW), chased=7, version=3)
    renamed = msgspec.structs.replace(PRACTICE, name="Oak Example Clinic", wave_id="wav_1")
    after = _look(place, _seen(ALONE, organization=renamed), NOW + 8 * DAY)
    assert (after.name, after.wave_id, after.since, after.chased) == ("Oak Example Clinic", "wav_1", NOW, 7)
    assert after.version == 3
    gone = _look(after, _seen(BOTH, has_users=True), NOW + 9 * DAY)
    again = _look(gone, _seen(ALONE), NOW + 10 * DAY)
    assert (again.lacks, again.since, again.chased) == ("no_backup", NOW + 10 * DAY, 0)


@pytest.mark.parametrize("at", [timedelta(), 3 * DAY, 7 * DAY, 30 * DAY])
def test_nothing_is_different_where_nothing_happened(at: timedelta) -> None:
    """An event that comes twice, or late, finds the same place; but for a timer that stands no more."""
    place = _look(None, _seen(ALONE), NOW)
    after = _look(place, _seen(ALONE), NOW + at)
    assert msgspec.structs.replace(after, look_at=place.look_at) == place
    if at < 7 * DAY:
        assert after == place


@pytest.mark.parametrize("seen", [_seen(ALONE), _seen(BOTH)])
def test_it_is_chased_after_7_and_21_days(seen: Seen) -> None:
    """ORG-3: once each, to the second."""
    place = _look(None, seen, NOW)
    assert place.look_at == NOW + 7 * DAY
    assert standing.chase_due(place, ZONE, NOW + 7 * DAY - INSTANT) is None
    assert standing.chase_due(place, ZONE, NOW + 7 * DAY) == 7
    told = msgspec.structs.replace(_look(place, seen, NOW + 7 * DAY), chased=7)
    assert told.look_at == NOW + 21 * DAY
    assert standing.chase_due(told, ZONE, NOW + 21 * DAY - INSTANT) is None
    assert standing.chase_due(told, ZONE, NOW + 21 * DAY) == 21
    last = msgspec.structs.replace(_look(told, seen, NOW + 21 * DAY), chased=21)
    assert (last.look_at, standing.chase_due(last, ZONE, NOW + 300 * DAY)) == (None, None)


def test_of_what_has_passed_only_the_last_is_told() -> None:
    """ORG-3: a job that was away does not send both."""
    place = _look(None, _seen(ALONE), NOW)
    assert standing.chase_due(place, ZONE, NOW + 22 * DAY) == 21


@pytest.mark.parametrize("seen", [_seen(), _seen(BOTH, has_users=True), _seen(NOBODY)])
def test_nobody_is_chased_for_anything_else(seen: Seen) -> None:
    """ORG-3: the plan has lists of the others."""
    place = _look(None, seen, NOW)
    assert (place.look_at, standing.chase_due(place, ZONE, NOW + 30 * DAY)) == (None, None)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (datetime(2026, 3, 3, 1, 30, tzinfo=UTC), datetime(2026, 3, 10, 13, 0, tzinfo=UTC)),  # 20:30 in New York
        (
            datetime(2026, 3, 3, 10, 0, tzinfo=UTC),
            datetime(2026, 3, 10, 13, 0, tzinfo=UTC),
        ),  # 5:00; summer time by then
        (datetime(2026, 3, 3, 16, 0, tzinfo=UTC), datetime(2026, 3, 10, 16, 0, tzinfo=UTC)),
    ],
)
def test_nobody_is_chased_at_night(since: datetime, told: datetime) -> None:
    """ORG-3: where the days end at night, it is nine in the morning in the plan's time zone."""
    place = _look(None, _seen(ALONE), since)
    assert place.look_at == told
    assert standing.chase_due(place, ZONE, told - INSTANT) is None
    assert standing.chase_due(place, ZONE, told) == 7
