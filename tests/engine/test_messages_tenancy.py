"""Random sends, answers and filing among three practices and two departments: everybody sees theirs and nothing else.

Every message carries a word of its own. All that anybody is ever answered is kept; nobody's answers may hold the word
of a message that didn't go to them (S-AZ-02, S-AZ-10), and what each sees in the end is exactly what the rule says
(MSG-1).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests import scale
from tests.portal import Answer, Browser
from tests.world import Account, World

pytestmark = pytest.mark.engine

PEOPLE = 8
PERSON = st.integers(0, PEOPLE - 1)
MESSAGE = st.integers(0, 30)


class Known(msgspec.Struct, frozen=True):
    """A message as the test remembers it."""

    id: str
    thread_id: str
    word: str
    readers: frozenset[str]
    """Mailboxes of who wrote it and whom it was sent to."""
    organization_id: str | None


class Cast:
    """Eight people: two of each of three practices, an agent of each of two departments."""

    def __init__(self, world: World) -> None:
        self.world = world
        practices = [world.organization(f"7{number:08}", f"Practice {number}") for number in range(3)]
        self.people = [world.member(practice, f"Member {world.number()}") for practice in practices for _ in range(2)]
        self.people += [world.agent(f"Agent {number}", world.department(f"Team {number}")) for number in range(2)]
        self.practices = [practice.id for practice in practices for _ in range(2)] + [None, None]
        self.browsers = [world.browser(person) for person in self.people]


class Mail(RuleBasedStateMachine):
    """One run: messages written from now on."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.world = self.cast.world
        self.people: list[Account] = self.cast.people
        self.practices: list[str | None] = self.cast.practices
        self.browsers: list[Browser] = self.cast.browsers
        self.heard: list[list[str]] = [[] for _ in self.people]
        self.sent: list[Known] = []
        self.started = self.world.time.now

    def teardown(self) -> None:
        """What each sees in the end is what was written to them or by them."""
        for place, person in enumerate(self.people):
            mine = {known.id for known in self.sent if person.mailbox in known.readers}
            seen = {row["message_id"] for box in ("inbox", "sent", "archived") for row in self._rows(place, box)}
            assert seen == mine
            for thread_id in {known.thread_id for known in self.sent}:
                answer = self._get(place, f"/mailboxes/{person.mailbox}/threads/{thread_id}")
                shown = {known.id for known in self.sent if known.thread_id == thread_id} & mine
                if answer.status == 404:
                    assert not shown
                else:
                    assert {message["id"] for message in answer.json["messages"]} == shown

    @rule(place=PERSON, recipients=st.lists(PERSON, min_size=1, max_size=4, unique=True), cc=st.integers(0, 2))
    def send(self, place: int, recipients: list[int], cc: int) -> None:
        """Somebody writes to anybody; only whom the rule allows takes it."""
        ids = [self.people[recipient].mailbox for recipient in recipients]
        split = max(1, len(ids) - cc)
        word = self._word()
        body = {"to": ids[:split], "cc": ids[split:], "subject": f"{word} subject", "text": f"{word} text"}
        self.world.time.advance(seconds=1)
        answer = self._heard(place, self.browsers[place].post(self._path(place, "messages"), body))
        if all(self._may_address(place, recipient) for recipient in recipients):
            assert answer.status == 201
            self._remember(answer, word, {*ids, self.people[place].mailbox}, self.practices[place])
        else:
            assert (answer.status, answer.code) == (422, "invalid")

    @precondition(lambda self: self.sent)
    @rule(place=PERSON, message=MESSAGE, everyone=st.booleans())
    def reply(self, place: int, message: int, everyone: bool) -> None:
        """Somebody answers any message there is; only who has it can."""
        known = self.sent[message % len(self.sent)]
        word = self._word()
        body = {"message_id": known.id, "text": f"{word} text", "all": everyone}
        self.world.time.advance(seconds=1)
        path = self._path(place, f"threads/{known.thread_id}/replies")
        answer = self._heard(place, self.browsers[place].post(path, body))
        if self.people[place].mailbox not in known.readers:
            assert answer.status == 404
            return
        assert answer.status == 201
        thread = self._get(place, self._path(place, f"threads/{known.thread_id}")).json
        newest = next(item for item in thread["messages"] if item["id"] == answer.json["message_id"])
        addressed = {party["id"] for party in newest["to"] + newest["cc"]}
        assert addressed <= known.readers
        self._remember(answer, word, addressed | {self.people[place].mailbox}, known.organization_id)

    @precondition(lambda self: self.sent)
    @rule(place=PERSON, message=MESSAGE, box=st.sampled_from(["archived", "inbox"]), read=st.booleans())
    def file(self, place: int, message: int, box: str, read: bool) -> None:
        """Somebody files and marks any message there is."""
        known = self.sent[message % len(self.sent)]
        for what, body in (("box", {"box": box}), ("read", {"read": read})):
            path = self._path(place, f"messages/{known.id}/{what}")
            answer = self._heard(place, self.browsers[place].put(path, body))
            if self.people[place].mailbox not in known.readers:
                assert answer.status == 404

    @precondition(lambda self: self.sent)
    @rule(place=PERSON, message=MESSAGE, other=PERSON)
    def look(self, place: int, message: int, other: int) -> None:
        """Somebody looks for any message there is, also through another's mailbox."""
        known = self.sent[message % len(self.sent)]
        own, another = self.people[place].mailbox, self.people[other].mailbox
        self._get(place, f"/mailboxes/{own}/threads/{known.thread_id}")
        for path in (f"threads/{known.thread_id}", "inbox"):
            assert self._get(place, f"/mailboxes/{another}/{path}").status == 404 or another == own

    @invariant()
    def nobody_heard_a_word_of_others(self) -> None:
        """S-AZ-02."""
        for person, heard in zip(self.people, self.heard, strict=True):
            for known in self.sent:
                if person.mailbox not in known.readers:
                    assert not any(known.word in text for text in heard)
            heard.clear()

    def _may_address(self, place: int, recipient: int) -> bool:
        department = self.practices[recipient] is None
        return department or (self.practices[place] is not None and self.practices[place] == self.practices[recipient])

    def _remember(self, answer: Answer, word: str, readers: set[str], organization_id: str | None) -> None:
        sent = answer.json
        self.sent.append(Known(sent["message_id"], sent["thread_id"], word, frozenset(readers), organization_id))

    def _word(self) -> str:
        return f"canary{self.world.number():06}x"

    def _path(self, place: int, rest: str) -> str:
        return f"/mailboxes/{self.people[place].mailbox}/{rest}"

    def _get(self, place: int, path: str) -> Answer:
        return self._heard(place, self.browsers[place].get(path))

    def _heard(self, place: int, answer: Answer) -> Answer:
        self.heard[place].append(answer.text)
        return answer

    def _rows(self, place: int, box: str) -> Iterator[dict[str, Any]]:
        """The rows of a box that came in this run; they are on top, and a run is shorter than a page."""
        rows = self._get(place, self._path(place, box)).json["items"]
        return (row for row in rows if datetime.fromisoformat(row["received_at"]) > self.started)


def test_nobody_ever_sees_what_is_not_theirs(world: World) -> None:
    """S-AZ-02, S-AZ-10, S-AZ-13, MSG-1."""
    Mail.cast = Cast(world)
    run_state_machine_as_test(
        Mail,
        settings=settings(
            max_examples=scale.repeats(8, 80),
            stateful_step_count=scale.size(16, 24),
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
