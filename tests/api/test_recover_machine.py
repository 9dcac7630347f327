"""Every call of recovery and helpdesk by everybody, in any order (S-AUTH-10..12).

The model knows, without asking the portal, for which guards a new password may be set. Whenever one is set, each of
them must have been true; whenever a case is confirmed, it was by those who may.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app import app
from chalicelib.core import aws
from tests import delivery, later, moto_engine, real_engine, recovering, scale
from tests.portal import Answer, Browser, in_process
from tests.ses import Post
from tests.world import Account, World


class Tried(msgspec.Struct):
    """What the model knows of one mailed link of a user's own recovery."""

    user: str
    token: str
    at: datetime
    answered: bool = False
    code: bool = False
    wrong: int = 0
    used: bool = False


class Opened(msgspec.Struct):
    """What the model knows of one case."""

    id: str
    user: str
    confirmed_by: set[str] = set()
    ended: bool = False
    token: str = ""


ROLES = ("hela", "lola", "bea", "bill", "gina", "dee", "eli", "erin", "pia", "outsider", "all")
SUBJECTS = ("gina", "lola", "ada", "lone")
# Who may confirm whose case, as CRD-5 has it; of `lone`, who is alone, two of enrollment.
MAY_CONFIRM = {
    "gina": {"lola", "bea"},
    "lola": {"bea"},
    "ada": {"pia", "all"},
    "lone": {"eli", "erin", "all"},
}


REACHED: Counter[str] = Counter()
"""How often something came to its end."""


class Recovering(RuleBasedStateMachine):
    """People, links and cases; time passes."""

    engine = ""
    prefix = ""

    @initialize()
    def begin(self) -> None:
        self.stack = real_engine.empty(self.engine, self.prefix)
        self.stack.__enter__()
        self.beside = moto_engine.beside_tables()
        self.beside.__enter__()
        world = self.world = World(in_process(app))
        self.events = aws.ses().meta.events
        self.post = Post(self.events)
        sole = world.organization("000000003", "Cedar Sample Clinic")
        self.people: dict[str, Account] = {
            "lola": world.member(world.maple, "Lola Sample", role="local_administrator"),
            "bea": world.member(world.maple, "Bea Sample", role="backup_administrator"),
            "bill": world.member(world.birch, "Bill Sample", role="local_administrator"),
            "lone": world.member(sole, "Lone Sample", role="local_administrator"),
            "dee": world.member(world.maple, "Dee Sample", role="backup_administrator"),
            "gina": world.gina,
            "ada": world.ada,
            "hela": world.agent("Hela Fictional", roles=("helpdesk",)),
            "eli": world.agent("Eli Fictional", roles=("enrollment",)),
            "erin": world.agent("Erin Fictional", roles=("enrollment",)),
            "pia": world.agent("Pia Fictional", roles=("plan_administrator",)),
            "all": world.agent("Al Fictional", roles=("helpdesk", "enrollment", "plan_administrator")),
        }
        recovering.with_questions(world, *(self.people[name] for name in SUBJECTS))
        self.secrets = {"lola": recovering.with_factor(world, self.people["lola"])}
        later.set_status(self.people["dee"], "disabled")
        self.links: list[Tried] = []
        self.cases: list[Opened] = []
        self.openers: dict[str, str] = {}
        self.wrong: dict[str, int] = {}
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "post"):
            self.post.close(self.events)
            self.beside.__exit__(None, None, None)
            self.stack.__exit__(None, None, None)

    def _password(self) -> str:
        self.number += 1
        return f"Sturdy-Lantern-{self.number:04}"

    def _browser(self, role: str) -> Browser:
        """A browser of theirs, freshly signed in by whatever password they have: here the session is made for them."""
        browser = self.world.browser()
        if role != "outsider":
            account = self.people[role]
            later.forget_failures(account)
            later.set_password(account)
            browser.sign_in(account.user.email, "Quiet-Harbor-27")
            secret = self.secrets.get(role)
            if secret is not None:
                self.world.time.advance(seconds=60)
                browser.keep(browser.post("/session/factor", {"code": recovering.code(self.world, secret)}))
        return browser

    def _live(self, tried: Tried) -> bool:
        newest = [one for one in self.links if one.user == tried.user][-1]
        return newest is tried and not tried.used and self.world.time.now - tried.at < timedelta(minutes=30)

    # By the mailed link.

    @rule(name=st.sampled_from(SUBJECTS))
    def mail_a_link(self, name: str) -> None:
        self.links.append(Tried(name, recovering.link(self.world, self.people[name]), self.world.time.now))

    @rule(place=st.integers(0, 5), right=st.booleans())
    def answer(self, place: int, right: bool) -> None:
        if not self.links:
            return
        tried = self.links[place % len(self.links)]
        known = list(recovering.ANSWERS)
        shown = recovering.look(self.world, tried.token)
        asked = shown.json["questions"] if shown.status == 200 and shown.json["questions"] else known[:2]
        given = [recovering.ANSWERS[question] if right else "something else" for question in asked]
        told = recovering.answers(self.world, tried.token, given)
        may = self._live(tried) and not tried.answered and tried.wrong < 3 and self.wrong.get(tried.user, 0) < 6
        assert (told.status in (200, 401)) == may, told.text
        assert (told.status == 200) == (may and right)
        tried.answered |= told.status == 200
        if told.status == 401:
            self._count(tried)

    @rule(place=st.integers(0, 5), right=st.booleans())
    def show_factor(self, place: int, right: bool) -> None:
        if not self.links:
            return
        tried = self.links[place % len(self.links)]
        secret = self.secrets.get(tried.user)
        self.world.time.advance(seconds=60)
        code = recovering.code(self.world, secret) if right and secret else "000000"
        told = recovering.show_factor(self.world, tried.token, code)
        tries = tried.wrong < 3 and self.wrong.get(tried.user, 0) < 6
        may = self._live(tried) and tried.answered and secret is not None and not tried.code and tries
        if told.status == 200:
            assert may and right
            tried.code = True
        elif told.status == 401:
            assert may and not right
            self._count(tried)

    @rule(place=st.integers(0, 5))
    def set_password(self, place: int) -> None:
        if not self.links:
            return
        tried = self.links[place % len(self.links)]
        told = recovering.set_password(self.world, tried.token, self._password())
        if told.status == 204:
            assert self._live(tried), "a link that was used or replaced"
            assert tried.answered, "without the answers"
            assert tried.code or tried.user not in self.secrets, "without the factor"
            assert tried.wrong <= 3
            tried.used = True
            REACHED["password"] += 1

    def _count(self, tried: Tried) -> None:
        tried.wrong += 1
        self.wrong[tried.user] = self.wrong.get(tried.user, 0) + 1
        assert tried.wrong <= 3
        assert self.wrong[tried.user] <= 6

    # By the helpdesk.

    @rule(role=st.sampled_from(ROLES), name=st.sampled_from(SUBJECTS))
    def open_case(self, role: str, name: str) -> None:
        account = self.people[name]
        membership = None if name == "ada" else account.mailbox
        told = recovering.opens(self._browser(role), account, membership_id=membership)
        assert (told.status == 201) == (role in ("hela", "all") and not self._has_case(name)), told.text
        if told.status == 201:
            self._has_no_link(told)
            self.cases.append(Opened(told.json["id"], name, set()))
            self.openers[told.json["id"]] = role

    def _has_case(self, name: str) -> bool:
        return any(case.user == name and not case.ended for case in self.cases)

    @rule(role=st.sampled_from(ROLES), place=st.integers(0, 3))
    def confirm(self, role: str, place: int) -> None:
        if not self.cases:
            return
        case = self.cases[place % len(self.cases)]
        told = recovering.confirms(self._browser(role), case.id, called=True)
        if told.status == 200:
            assert role in MAY_CONFIRM[case.user], f"{role} confirmed a case of {case.user}"
            assert role not in (case.user, self.openers[case.id]), "their own case"
            assert role not in case.confirmed_by, "twice"
            assert not case.ended
            case.confirmed_by.add(role)
            REACHED["confirmed"] += 1
            self._has_no_link(told)
            enough = 2 if case.user == "lone" else 1
            assert (told.json["state"] == "confirmed") == (len(case.confirmed_by) >= enough)

    @rule(role=st.sampled_from(ROLES), place=st.integers(0, 3), verb=st.sampled_from(["decline", "withdraw"]))
    def end_case(self, role: str, place: int, verb: str) -> None:
        if not self.cases:
            return
        case = self.cases[place % len(self.cases)]
        path = f"/helpdesk/cases/{case.id}/withdraw" if verb == "withdraw" else f"/reset-cases/{case.id}/decline"
        told = self._browser(role).post(path, {})
        if told.status == 200:
            allowed = {"hela", "all"} if verb == "withdraw" else MAY_CONFIRM[case.user] - {self.openers[case.id]}
            assert role in allowed
            assert not case.ended
            case.ended = True

    @rule()
    def carry_mails(self) -> None:
        before = len(self.post.mails)
        delivery.settle()
        for mail in self.post.mails[before:]:
            if "/set-up#" not in mail.body:
                continue
            (to,) = mail.destinations["ToAddresses"]
            (name,) = [name for name in SUBJECTS if self.people[name].user.email == to]
            case = [case for case in self.cases if case.user == name and not case.ended][-1]
            assert len(case.confirmed_by) >= (2 if name == "lone" else 1), "a link without confirmations"
            case.token = mail.body.partition("/set-up#")[2].split()[0]

    @rule(place=st.integers(0, 3))
    def set_up(self, place: int) -> None:
        if not self.cases:
            return
        case = self.cases[place % len(self.cases)]
        told = recovering.sets_up(self.world, case.token or "unknown", password=self._password())
        if told.status == 200:
            assert not case.ended
            assert len(case.confirmed_by) >= (2 if case.user == "lone" else 1)
            case.ended = True
            REACHED["set up"] += 1
            self.secrets.pop(case.user, None)
            self.wrong.pop(case.user, None)
            for tried in self.links:
                if tried.user == case.user:
                    tried.answered, tried.code, tried.wrong = False, False, 0
            # Their answers are others now; the model goes on with those it knows.
            recovering.with_questions(self.world, self.people[case.user])

    # What is rarely come by otherwise: several steps as they are meant to be, of the newest link or case.

    @rule(name=st.sampled_from(SUBJECTS))
    def recover(self, name: str) -> None:
        self.mail_a_link(name)
        newest = len(self.links) - 1
        self.answer(newest, right=True)
        self.show_factor(newest, right=True)
        self.set_password(newest)

    @rule(name=st.sampled_from(SUBJECTS))
    def help(self, name: str) -> None:
        self.open_case("hela", name)
        if self._has_case(name):
            newest = max(place for place, case in enumerate(self.cases) if case.user == name and not case.ended)
            for role in sorted(MAY_CONFIRM[name] - {"all"}):
                self.confirm(role, newest)
            self.carry_mails()
            self.set_up(newest)

    @rule(role=st.sampled_from(("hela", "all")))
    def look_around(self, role: str) -> None:
        self._has_no_link(self._browser(role).get("/helpdesk/cases"))

    def _has_no_link(self, told: Answer) -> None:
        """S-AUTH-12: whatever the helpdesk is shown."""
        assert not [case for case in self.cases if case.token and case.token in told.text]
        assert "#" not in told.text


@pytest.fixture
def machine(dynamodb_engine: str, worker_id: str) -> Iterator[type[Recovering]]:
    Recovering.engine, Recovering.prefix = dynamodb_engine, f"portico-machine-{worker_id}-"
    yield Recovering


def test_a_password_is_set_only_by_the_rules(machine: type[Recovering]) -> None:
    """S-AUTH-10, S-AUTH-11, S-AUTH-12, CRD-4, CRD-5."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=scale.repeats(6, 100),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_model_lets_everybody_come_to_their_end(machine: type[Recovering]) -> None:
    """Or it would allow nothing: each person by themself, then by the helpdesk, then by themself again."""
    REACHED.clear()
    one = machine()
    one.begin()
    try:
        for name in SUBJECTS:
            one.recover(name)
            one.help(name)
            one.recover(name)
    finally:
        one.teardown()
    # The one who is alone takes two.
    expected = {"password": 2 * len(SUBJECTS), "confirmed": len(SUBJECTS) + 1, "set up": len(SUBJECTS)}
    assert expected == REACHED
