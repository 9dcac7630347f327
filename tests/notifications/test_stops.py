"""When an address gets no mail any more, in whatever order one hears of it (NOT-4)."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.domain.stopped import Stop
from chalicelib.core.errors import TooManyAttempts
from chalicelib.notifications.domain import stops
from chalicelib.notifications.domain.stops import Feedback, Kind, Record
from tests import scale

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def feedback(kind: Kind, sent_at: datetime = NOW) -> Feedback:
    return Feedback(kind=kind, sent_at=sent_at, at=sent_at + timedelta(seconds=2))


def after(*heard: Feedback, record: Record | None = None) -> Record:
    record = record or Record()
    for one in heard:
        record = stops.heard(record, one)
    return record


def reason(record: Record) -> str | None:
    stop = stops.stop(record)
    return None if stop is None else stop.reason


def test_a_permanent_bounce_and_a_complaint_stop_at_once() -> None:
    assert reason(Record()) is None
    assert reason(after(feedback("permanent"))) == "bounced"
    assert reason(after(feedback("complaint"))) == "complained"
    assert reason(after(feedback("permanent"), feedback("complaint"))) == "complained"


def test_transient_bounces_stop_on_the_fifth_day_within_fourteen() -> None:
    days = [feedback("transient", NOW + place * DAY) for place in range(5)]
    assert reason(after(*days[:4])) is None
    stopped = after(*days)
    assert reason(stopped) == "bounced"
    assert stops.stop(stopped) == Stop("bounced", days[4].at)


def test_a_bad_day_is_one_day_and_a_bad_year_is_no_fortnight() -> None:
    hours = [feedback("transient", NOW + timedelta(minutes=place)) for place in range(50)]
    assert reason(after(*hours)) is None
    fortnights = [feedback("transient", NOW + place * 4 * DAY) for place in range(50)]
    known = after(*fortnights)
    assert reason(known) is None
    assert len(known.transient) <= 28, "what is kept stays small"


@pytest.mark.parametrize(("last", "stopped"), [(14 * DAY - timedelta(seconds=1), True), (14 * DAY, False)])
def test_fourteen_days_to_the_second(last: timedelta, *, stopped: bool) -> None:
    days = [feedback("transient", NOW + offset) for offset in (0 * DAY, DAY, 2 * DAY, 3 * DAY, last)]
    assert (reason(after(*days)) == "bounced") is stopped


def test_what_is_older_than_a_mending_changes_nothing() -> None:
    """A bounce may come days after its mail; what counts is when the mail was sent."""
    mended = stops.mended(after(feedback("permanent")), NOW + DAY)
    assert reason(mended) is None
    for kind in ("permanent", "complaint", "transient"):
        for sent in (NOW, NOW + DAY):
            late = Feedback(kind=kind, sent_at=sent, at=NOW + 2 * DAY)
            assert stops.heard(mended, late) is mended
    assert reason(after(feedback("permanent", NOW + DAY + timedelta(seconds=1)), record=mended)) == "bounced"


def test_three_mendings_a_day() -> None:
    record = Record()
    for place in range(3):
        record = stops.mended(after(feedback("permanent", NOW + timedelta(hours=place)), record=record), _hours(place))
    with pytest.raises(TooManyAttempts) as refused:
        stops.mended(record, _hours(4))
    assert refused.value.retry_after is not None
    again = stops.mended(record, _hours(4) + timedelta(seconds=refused.value.retry_after))
    assert len(again.mended) == 3, "those of the last day alone are kept"


def _hours(place: int) -> datetime:
    return NOW + timedelta(hours=place, minutes=30)


_heard = st.lists(
    st.builds(
        lambda kind, hours: feedback(kind, NOW + timedelta(hours=hours)),
        st.sampled_from(["permanent", "transient", "complaint"]),
        st.integers(-48, 300),
    ),
    max_size=12,
)


@scale.examples(200)
@given(heard=_heard, before=_heard, seed=st.integers(0, 1000))
def test_shuffled_and_repeated_it_comes_to_the_same(heard: list[Feedback], before: list[Feedback], seed: int) -> None:
    """T11: whatever came before a mending, in whatever order and however often, and late."""
    start = stops.mended(after(*before), NOW)
    old = [one for one in before if one.sent_at <= NOW]
    shuffled = [*heard, *heard, *old]
    random.Random(seed).shuffle(shuffled)
    once, again = after(*heard, record=start), after(*shuffled, record=start)
    assert stops.stop(once) == stops.stop(again)
    assert (once.permanent_at, once.complained_at, once.transient) == (
        again.permanent_at,
        again.complained_at,
        again.transient,
    )
