"""What goes along with a forwarded message, and where it may go: the pure rules (MSG-1, MSG-5)."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.errors import Invalid
from chalicelib.messages.domain import Message, Party, forwarding
from tests.world import START

ORGANIZATIONS = st.sampled_from([None, "org_1", "org_2", "org_3"])


def _message(number: int, text: str = "Text", earlier: Message | None = None, parties: int = 1) -> Message:
    return Message(
        id=f"msg_{number}",
        thread_id=f"thr_{number}",
        organization_id="org_1",
        sender=Party(f"mem_{number}", "member", f"Person {number}"),
        sent_by="usr_1",
        to=tuple(Party(f"mem_{place}", "member", f"Person {place}") for place in range(parties)),
        subject="Subject",
        text=text,
        sent_at=START + timedelta(minutes=number),
        forwarded=forwarding.chain(earlier) if earlier else (),
    )


def _forwarded_times(times: int, text: str = "Text") -> Message:
    message = _message(0, text)
    for number in range(1, times + 1):
        message = _message(number, text, message)
    return message


@given(st.text(min_size=1, max_size=200), st.integers(1, 4))
def test_a_subject_is_marked_once(subject: str, times: int) -> None:
    """MSG-2, MSG-5: however often it is forwarded, and never longer than a subject may be."""
    marked = subject
    for _ in range(times):
        marked = forwarding.subject(marked)
    assert marked == forwarding.subject(subject)
    assert len(marked) <= 200
    assert marked.casefold().startswith("fwd:")
    assert subject.startswith(marked.removeprefix("Fwd: ")) or marked == subject


def test_what_was_forwarded_goes_along_newest_first() -> None:
    """MSG-5: who wrote what to whom and when; no ids of messages, so that nobody asks for them."""
    message = _forwarded_times(3)
    chain = forwarding.chain(message)
    assert [each.sender.name for each in chain] == ["Person 3", "Person 2", "Person 1", "Person 0"]
    assert [each.sent_at for each in chain] == sorted((each.sent_at for each in chain), reverse=True)
    assert {field.name for field in msgspec.structs.fields(chain[0])} == {"sender", "to", "sent_at", "text"}


def test_the_oldest_are_cut() -> None:
    """Ten at most."""
    assert [len(forwarding.chain(_forwarded_times(times))) for times in (0, 8, 9, 10, 25)] == [1, 9, 10, 10, 10]
    assert forwarding.chain(_forwarded_times(25))[0].sender.name == "Person 25"


def test_long_ones_are_cut_sooner_so_that_an_item_has_room() -> None:
    """DynamoDB takes 400 KB: the text of the message itself and what it forwards stay below."""
    chain = forwarding.chain(_forwarded_times(9, "😀" * 20_000))
    assert 1 <= len(chain) < 10
    assert len(msgspec.json.encode(chain)) < 210_000
    assert len(forwarding.chain(_message(1, parties=5_000))[0].to) == 25


@given(ORGANIZATIONS, ORGANIZATIONS)
def test_a_thread_that_forwards_stays_in_its_organization(original: str | None, addressed: str | None) -> None:
    """MSG-1: from departments to one practice, within a practice, and never from one to another."""
    if original and addressed and original != addressed:
        with pytest.raises(Invalid) as refused:
            forwarding.organization(original, addressed)
        assert [error.code for error in refused.value.fields] == ["one_organization"]
    else:
        assert forwarding.organization(original, addressed) in {original, addressed} - {None} or {None}
        assert forwarding.organization(original, None) == original
