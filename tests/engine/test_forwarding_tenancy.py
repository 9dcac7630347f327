"""Random forwards among the sends, answers and filing of test_messages_tenancy.py: nothing of one practice ever gets to
another, whoever forwards what to whom, and however often it was forwarded before (MSG-1, S-AZ-10).
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from tests import scale
from tests.engine.test_messages_tenancy import MESSAGE, PERSON, Cast, Known, Mail
from tests.portal import Answer
from tests.world import World

pytestmark = pytest.mark.engine


class Forwards(Mail):
    """One run: of each word, who may have heard it, and in which practice it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.hearers: dict[str, set[str]] = {}
        self.homes: dict[str, str | None] = {}
        self.carried: dict[str, set[str]] = {}
        """Words that came into a thread by forwarding."""

    @precondition(lambda self: self.sent)
    @rule(
        place=PERSON,
        message=MESSAGE,
        recipients=st.lists(PERSON, min_size=1, max_size=3, unique=True),
        named=st.sampled_from([None, 0, 2, 4]),
    )
    def forward(self, place: int, message: int, recipients: list[int], named: int | None) -> None:
        """Somebody forwards any message there is to anybody; staff name a practice, or don't."""
        known = self.sent[message % len(self.sent)]
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
            max_examples=scale.repeats(8, 80),
            stateful_step_count=scale.size(20, 30),
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
