"""One-time links (S-AUTH-08, CRD-6)."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.core import access, ids, links
from chalicelib.core.change import Change
from chalicelib.core.errors import LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.links import Purpose
from tests import stored

NOW = datetime(2026, 3, 2, 15, 0, 0, 123456, tzinfo=UTC)
END = NOW + timedelta(hours=72)


def _change(now: datetime = NOW) -> Change:
    return Change(access.system("test"), Entry(action="test"), now)


def _issue(user_id: str = "usr_a", purpose: Purpose = "registration", ends_at: datetime = END) -> str:
    planned = _change()
    token = links.issue(planned, purpose, user_id, "a@people.example", ends_at, {"membership_id": "mem_a"})
    planned.commit(None)
    return token


def _spend(token: str, now: datetime = NOW) -> None:
    link = links.look(token, "registration", NOW)
    planned = _change(now)
    links.spend(planned, link)
    planned.commit(None)


def _gone(token: str, purpose: Purpose = "registration", now: datetime = NOW) -> bool:
    try:
        links.look(token, purpose, now)
    except LinkExpired:
        return True
    return False


def test_a_link_is_for_a_user_a_purpose_and_an_address(empty_tables: None) -> None:
    token = _issue()
    for _ in range(10):
        found = links.look(token, "registration", NOW)
    assert (found.user_id, found.subject, found.ends_at) == ("usr_a", {"membership_id": "mem_a"}, END)
    found.require_address("a@people.example")
    with pytest.raises(LinkExpired):
        found.require_address("b@people.example")
    assert _gone(token, "password_reset")


def test_a_link_works_once(empty_tables: None) -> None:
    token = _issue()
    link = links.look(token, "registration", NOW)
    _spend(token)
    assert _gone(token)
    planned = _change()
    links.spend(planned, link)
    with pytest.raises(LinkExpired):
        planned.commit(None)


@pytest.mark.parametrize("unknown", ["", "x", "A" * 43, "é" * 43, "LINK"])
def test_an_unknown_token_is_the_same_refusal(empty_tables: None, unknown: str) -> None:
    assert _gone(unknown)


def test_it_ends_to_the_microsecond(empty_tables: None) -> None:
    """CRD-6: also where it was looked at in time and is spent too late; TTL only has whole seconds."""
    token = _issue()
    last = END - timedelta(microseconds=1)
    assert not _gone(token, now=last)
    assert _gone(token, now=END)
    with pytest.raises(LinkExpired):
        _spend(token, now=END)
    _spend(token, now=last)


def test_a_new_link_voids_the_one_before_of_that_user_and_purpose_alone(empty_tables: None) -> None:
    first, other, reset = _issue(), _issue("usr_b"), _issue(purpose="password_reset")
    looked_at = links.look(first, "registration", NOW)
    second = _issue()
    assert _gone(first)
    planned = _change()
    links.spend(planned, looked_at)
    with pytest.raises(LinkExpired):
        planned.commit(None)
    assert not _gone(second)
    assert not _gone(other)
    assert not _gone(reset, "password_reset")


def test_a_refused_change_leaves_the_link_as_it_was(empty_tables: None) -> None:
    token = _issue()
    planned = _change()
    links.spend(planned, links.look(token, "registration", NOW))
    taken = links.NewestLinkRow("LINKS#usr_b", "registration", hash="x")
    planned.update(taken, [links.NewestLinkRow.hash.set("y")])
    with pytest.raises(Exception, match="changed_meanwhile"):
        planned.commit(None)
    assert not _gone(token)


def test_only_the_hash_is_stored(empty_tables: None) -> None:
    """S-AUTH-08: 256 bits, of which the tables hold the SHA-256."""
    token = _issue()
    assert len(token) == 43
    everything = stored.dump()
    assert token not in everything
    assert ids.digest(token) in everything
    assert "a@people.example" not in everything
