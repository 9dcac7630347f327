"""Random forwards among the sends, answers and filing of test_messages_tenancy.py: nothing of one practice ever gets to
another, whoever forwards what to whom, and however often it was forwarded before (MSG-1, S-AZ-10).
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from tests import scale
from tests.engine.test_messages_tenancy import MESSAGE, PEOPLE, PERSON, Cast, Known, Mail
from tests.portal import Answer
from tests.world import World

pytestmark = pytest.mark.engine


class Forwards(Mail):
    """One run: of each word, who may have heard it, and in which practice it was written."""

    # They have nothing to do with it.
    file = look = None  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.hearers: dict[str, set[str]] = {}
        self.homes: dict[str, str | None] = {}
        self.carried: dict[str, set[str]] = {}
        """Words that came into a thread by forwarding."""

    @initialize()
    def begin(self) -> None:
        """Somebody of each practice has written to both departments."""
        for place in range(0, PEOPLE - 2, 2):
            self.send(place, [PEOPLE - 2, PEOPLE - 1], 1)

    @precondition(lambda self: self.sent)
    @rule(
        place=PERSON,
        message=MESSAGE,
        recipients=st.lists(PERSON, min_size=1, max_size=3, unique=True),
        named=st.sampled_from([None, 0, 2, 4]),
    )
    def forward(self, place: int, message: int, recipients: list[int], named: int | None) -> None:
        """Somebody forwards any message there is to anybody; staff name a practice, or don't."""
        self._forward(place, self.sent[message % len(self.sent)], recipients, named)

    @rule(place=st.integers(PEOPLE - 2, PEOPLE - 1), message=MESSAGE, to=st.integers(0, PEOPLE - 3))
    def forward_to_a_practice(self, place: int, message: int, to: int) -> None:
        """Staff forward something they have to somebody of a practice: where a mistake would tell most."""
        theirs = [known for known in self.sent if self.people[place].mailbox in known.readers]
        if theirs:
            self._forward(place, theirs[message % len(theirs)], [to], to)

    def _forward(self, place: int, known: Known, recipients: list[int], named: int | None) -> None:
        ids = [self.people[recipient].mailbox for recipient in recipients]
        named_id = None if named is None else self.practices[named]
        word = self._word()
        self.world.time.advance(seconds=1)
        path = self._path(place, f"threads/{known.thread_id}/messages/{known.id}/forward")
        body = {"to": ids, "text": f"{word} text", "organization_id": named_id}
        answer = self._heard(place, self.browsers[place].post(path, body))
        if self.people[place].mailbox not in known.readers:
            assert answer.status == 404
            return
        practice = self.practices[place] or named_id or known.organization_id
        members = {self.practices[recipient] for recipient in recipients} - {None}
        if members - {practice}:
            assert (answer.status, answer.fields) == (422, {("/to", "unknown_recipient")})
            return
        addressed = practice if members or self.practices[place] else None
        if known.organization_id and addressed not in (None, known.organization_id):
            assert (answer.status, answer.fields) == (422, {("/to", "one_organization")})
            return
        assert answer.status == 201, answer.text
        words = self.carried.get(known.thread_id, set()) | {known.word}
        self.carried[answer.json["thread_id"]] = words
        readers = {*ids, self.people[place].mailbox}
        self._remember(answer, word, readers, known.organization_id or addressed)

    @invariant()
    def nobody_heard_a_word_of_others(self) -> None:
        """S-AZ-02: also not within what was forwarded."""
        for person, heard in zip(self.people, self.heard, strict=True):
            for word, hearers in self.hearers.items():
                if person.mailbox not in hearers:
                    assert not any(word in text for text in heard)
            heard.clear()

    @invariant()
    def nothing_of_a_practice_got_to_another(self) -> None:
        """MSG-1."""
        for word, hearers in self.hearers.items():
            if home := self.homes[word]:
                for person, practice in zip(self.people, self.practices, strict=True):
                    assert person.mailbox not in hearers or practice in (None, home)

    def _remember(self, answer: Answer, word: str, readers: set[str], organization_id: str | None) -> None:
        super()._remember(answer, word, readers, organization_id)
        known: Known = self.sent[-1]
        self.homes[word] = organization_id
        for heard in {word, *self.carried.get(known.thread_id, set())}:
            self.hearers.setdefault(heard, set()).update(readers)


def test_forwarding_never_crosses_practices(world: World) -> None:
    """MSG-1, MSG-5, S-AZ-10."""
    Forwards.cast = Cast(world)
    run_state_machine_as_test(
        Forwards,
        settings=settings(
            max_examples=scale.repeats(5, 80),
            stateful_step_count=scale.size(16, 30),
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
