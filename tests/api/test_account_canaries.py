"""What is typed about people stays with their accounts: none of it in mails, journal, events, logs or addresses."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest

from chalicelib.core import aws, config, ids, tables
from tests import delivery, inviting, stored, works
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import PASSWORD, Account, World

_AT_REST = {
    # The person and their places; who asked, which is shown to their administrators; who wrote in a history.
    "name": {"user", "membership", "staff", "access_request", "history"},
    # Likewise, and the claim of the address.
    "email": {"user", "membership", "staff", "email", "history"},
    # Likewise, and the count of who gave the same number.
    "phone": {"user", "membership", "staff", "phone"},
    "comment": {"history"},
}
"""Kinds of items that may hold a canary of a kind; a password, a TIN that nobody has and a search are nowhere."""
_HANDLERS = {
    "accounts": "receive_registrations",
    "work": "carry_on_work",
    "enrollment": "follow_onboarding",
    "notifications": "deliver_notices",
}
_ADDRESS = re.compile(r"https?://[^\s\"]+")


class Canaries:
    """Random values for every field, that nothing else can hold by chance."""

    def __init__(self) -> None:
        self.tokens: list[tuple[str, str]] = []
        """What to look for, after what kind of field it was typed into."""

    def name(self) -> str:
        return f"Zoe {self._letters('name')}"

    def email(self) -> str:
        return f"{self._letters('email')}@people.example"

    def phone(self) -> str:
        return self._digits("phone", 13)

    def comment(self) -> str:
        return f"Because {self._letters('comment')}"

    def other(self) -> str:
        """For where it must not stay at all."""
        return self._letters("other")

    def tin(self) -> str:
        return self._digits("other", 9)

    def person(self) -> dict[str, str]:
        return {"name": self.name(), "email": self.email(), "phone": self.phone()}

    def row(self, rest: str) -> str:
        """A person as a line of a file to be imported."""
        return f"{self.name()},{self.email()},{self.phone()},{rest}\r\n"

    def found(self, text: str) -> list[tuple[str, str]]:
        """Those in a text."""
        folded = text.casefold()
        return [each for each in self.tokens if each[1] in folded]

    def _letters(self, kind: str) -> str:
        return self._kept(kind, "q" + uuid.uuid4().hex)

    def _digits(self, kind: str, count: int) -> str:
        return self._kept(kind, str(uuid.uuid4().int)[:count])

    def _kept(self, kind: str, token: str) -> str:
        self.tokens.append((kind, token))
        return token


class Journey:
    """Everything that is done with accounts, with a canary in each field; keeps what left meanwhile."""

    def __init__(self, world: World, post: Post) -> None:
        self.canaries = Canaries()
        self.queued: list[str] = []
        self.addresses: list[str] = []
        self._published: set[str] = set()
        self._world = world
        self._post = post

    def run(self) -> None:
        lou, bea = inviting.administrators(self._world)
        self._registrations(lou)
        self._member(self._world.browser(lou))
        self._completed(self._world.browser(lou))
        self._files(self._world.browser(lou))
        self._asked(self._world.browser(bea))
        self._staff(self._world.browser(self._world.agent("Paula Fictional", roles=("plan_administrator",))))

    def _registrations(self, lou: Account) -> None:
        """ACC-1: one is enabled, one rejected, and one names a TIN that nobody has."""
        made = [self.canaries.person() for _ in range(3)]
        for person, tin in zip(made, ["000000001", "000000001", self.canaries.tin()], strict=True):
            assert inviting.ask(self._world, **person, tin=tin).status == 202
        self._wrong(
            self._world.browser().post("/registrations", self.canaries.person() | {"tin": self.canaries.tin()[:8]})
        )
        self._carry()
        browser = self._world.browser(lou)
        waiting = {item["name"]: item["id"] for item in browser.get("/members").json["items"]}
        self._move(browser, f"/members/{waiting[made[0]['name']]}", "enable")
        self._move(browser, f"/members/{waiting[made[1]['name']]}", "reject")

    def _member(self, browser: Browser) -> None:
        """ACC-2, ACC-4: created, changed, disabled, enabled, removed; and what is refused."""
        person = self.canaries.person()
        self._wrong(browser.post("/members", {**self.canaries.person(), "email": self.canaries.other()}))
        self._wrong(browser.post("/members", {**self.canaries.person(), "name": self.canaries.other() * 4}))
        path = f"/members/{self._done(browser.post('/members', person)).json['id']}"
        assert browser.post("/members", person).status == 409
        self._edit(browser, path, {"access_levels": ["claims"], "comment": self.canaries.comment()})
        too_long = {"comment": self.canaries.comment() * 6}
        self._wrong(browser.send("PATCH", path, too_long, _version(browser, path)))
        for verb in ("disable", "enable", "remove"):
            self._move(browser, path, verb)
        for typed in (person["name"], person["email"], self.canaries.other()):
            self._done(browser.get("/members", search=typed))
        self._done(browser.get(f"{path}/history"))

    def _completed(self, browser: Browser) -> None:
        """CRD-3, CRD-6, CRD-9: somebody registers by the mailed link, with questions and a factor, and signs in."""
        person = self.canaries.person()
        id_ = self._done(browser.post("/members", person)).json["id"]
        self._done(browser.post(f"/members/{id_}/registration-email", {}))
        self._carry()
        token = inviting.token_in(inviting.mails_to(self._post, person["email"])[-1])
        password = f"Aa1-{self.canaries.other()}"
        offered = self._done(self._world.browser().post("/registrations/factor", {"token": token})).json
        answers = [{**one, "answer": f"The {self.canaries.other()}"} for one in inviting.ANSWERS["questions"]]
        typed = {"name": self.canaries.name(), "password": password, "questions": answers}
        wrong = {**typed, "accept_terms": False, "code": "no code"}
        self._wrong(inviting.complete(self._world, token, **wrong))
        code = pyotp.TOTP(offered["secret"]).at(self._world.time.now)
        answer = inviting.complete(self._world, token, **typed, code=code)
        assert answer.status < 300, answer.text
        recovery_codes = answer.json["recovery_codes"]
        for secret in (offered["secret"], *recovery_codes, *map(ids.read_code, recovery_codes)):
            self.canaries.tokens.append(("other", secret.casefold()))
        newcomer = self._world.browser()
        assert newcomer.sign_in(person["email"], self.canaries.other()).status == 401
        assert newcomer.sign_in(person["email"], password).json["stage"] == "factor"
        assert newcomer.give_code(self.canaries.other()).status == 401
        assert newcomer.give_code(recovery_codes[0]).status == 201
        for level in ("claims", "eligibility"):
            self._done(newcomer.post("/access-requests", {"access_level": level}))
        self._done(browser.post(f"/members/{id_}/password-reset-email", {}))
        # ORG-5: the seat is promised to somebody new, and then goes to them instead.
        promised = {"new_person": self.canaries.person(), "former_becomes": "general_user"}
        self._done(browser.post("/roster/handover", promised))
        self._done(browser.delete("/roster/handover"))
        self._done(browser.post("/roster/handover", {"membership_id": id_, "former_becomes": "backup_administrator"}))

    def _files(self, browser: Browser) -> None:
        """ACC-2, ACC-3: an import with canaries in every column, good and bad, and an export of all."""
        # Whoever handed the seat over is a backup administrator and may go on.
        rows = [
            self.canaries.row(",,,"),
            self.canaries.row(f"{self.canaries.other()},{self.canaries.other()},{self.canaries.other()},"),
            f"{self.canaries.name()},{self.canaries.other()},{self.canaries.other()},,,,\r\n",
        ]
        content = "name,email,phone,role,access_levels,providers,one_person\r\n" + "".join(rows)
        checked = works.checked(browser, content.encode())
        problems = self._done(browser.get(f"/member-imports/{checked}/problems")).text
        assert self.canaries.found(problems) == []
        ran = self._done(browser.post(f"/member-imports/{checked}/run", None)).json["work_id"]
        self._carry()
        assert browser.get(f"/work/{ran}").json["state"] == "finished"
        exported = self._done(browser.post("/members/exports", {"sort": "name"})).json["work_id"]
        self._carry()
        self._done(browser.get(f"/work/{exported}/result"))

    def _asked(self, browser: Browser) -> None:
        """ACC-9: what somebody asked for is granted by the other administrator."""
        waiting = browser.get("/members", attention="true").json["items"]
        asks = next(item["id"] for item in waiting if "access_request" in item["attention"])
        self._done(browser.post("/access-requests/grant", {"membership_id": asks, "access_level": "claims"}))
        self._done(browser.get("/attention"))

    def _staff(self, browser: Browser) -> None:
        """ACC-11: likewise for the plan's people."""
        body = {**self.canaries.person(), "roles": ["helpdesk"]}
        path = f"/staff/{self._done(browser.post('/staff', body)).json['id']}"
        self._wrong(browser.post("/staff", {**self.canaries.person(), "roles": [self.canaries.other()]}))
        self._edit(browser, path, {"roles": ["auditor"], "comment": self.canaries.comment()})
        for verb in ("disable", "enable"):
            self._move(browser, path, verb)
        self._done(browser.get("/staff", search=self.canaries.other()))
        self._carry()

    def _edit(self, browser: Browser, path: str, body: dict[str, Any]) -> None:
        self._done(browser.send("PATCH", path, body, _version(browser, path)))

    def _move(self, browser: Browser, path: str, verb: str) -> None:
        body = {"comment": self.canaries.comment()}
        self._done(browser.send("POST", f"{path}/{verb}", body, _version(browser, path)))

    def _done(self, answer: Answer) -> Answer:
        assert answer.status < 300, answer.text
        # Addresses that the portal itself makes: of files, forms and links.
        self.addresses += [*_ADDRESS.findall(answer.text), answer.headers.get("location", "")]
        return answer

    def _wrong(self, answer: Answer) -> None:
        """A refusal says which field, and does not repeat what was in it."""
        assert answer.status == 422, answer.text
        assert self.canaries.found(answer.text) == []

    def _carry(self) -> None:
        """What has left since goes where it is heard, until no more comes; what was in the queues is kept."""
        while new := [record for record in delivery.stream_records() if _event_id(record) not in self._published]:
            self._published |= set(map(_event_id, new))
            assert delivery.publish(new) == []
            for queue, handler in _HANDLERS.items():
                bodies = delivery.waiting(queue)
                self.queued += bodies
                assert delivery.deliver(handler, bodies) == []


def _event_id(record: delivery.StreamRecord) -> str:
    return str(record["dynamodb"]["NewImage"]["pk"]["S"])


def _version(browser: Browser, path: str) -> dict[str, str]:
    return {"If-Match": f'"{browser.get(path).json["version"]}"'}


def _keys() -> list[str]:
    """Keys of all files."""
    settings = config.current()
    return [
        str(file["Key"])
        for bucket in (settings.quarantine_bucket, settings.results_bucket)
        for file in aws.s3().list_objects_v2(Bucket=bucket).get("Contents", [])
    ]


def _held() -> Iterator[tuple[str, str]]:
    """Every stored item, after its kind."""
    for table, items in stored.everything().items():
        for item in items:
            kind = "journal" if table == tables.JournalRow.table else item["cls"]["S"]
            yield kind, json.dumps(item, default=repr, ensure_ascii=False)


def test_nothing_typed_about_people_leaves_their_accounts(
    world: World, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """S-MAIL-01, AUD-4, S-OPS-05, house rule 6: random canaries in every field of members and staff."""
    journey = Journey(world, post)
    canaries = journey.canaries
    with caplog.at_level("DEBUG", "portal"):
        journey.run()
    logs = "".join(record.getMessage() for record in caplog.records if record.name == "portal")
    mails = "".join(f"{mail.subject}\n{mail.body}" for mail in post.mails)
    assert "request" in logs
    assert len(post.mails) > 5
    assert {json.loads(body)["name"] for body in journey.queued} >= {"registration.requested", "member.invited"}
    links = [*_ADDRESS.findall(mails), *journey.addresses, *_keys()]
    places = {"mails": mails, "logs": logs, "queues": "".join(journey.queued), "addresses": "\n".join(links)}
    for place, text in places.items():
        assert text, place
        assert canaries.found(text) == [], place
        assert PASSWORD not in text, place
    # At rest: never in audit records, events, operations, works, links, sessions or timers (ACC-4).
    assert _kinds_that_hold(canaries) == _AT_REST


def _kinds_that_hold(canaries: Canaries) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, item in _held():
        for canary, _ in canaries.found(item):
            found.setdefault(canary, set()).add(kind)
    return found
