"""A day at the portal that visits every route and wakes every handler, in this process.

It has nothing to prove about the portal: other tests do. It makes every function call AWS in every way it can.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, get_args

import requests
from argon2 import PasswordHasher

from app import app
from chalicelib.accounts.domain import User
from chalicelib.core import access, aws, clock, config, ids, journal, timers, work_files, work_runner
from chalicelib.core.change import Change
from chalicelib.credentials import store as credentials
from chalicelib.messages.store import counters
from chalicelib.messages.store.box_lists import Sort
from chalicelib.notifications.domain import Preferences
from local import functions, mail_results, seed
from local.schedules import scheduled_event
from tests import crowds, delivery, inviting, keeping, uploading, works
from tests.package import clocks, desk, letters, nominated, phases, seats, waves
from tests.package.calls import Recorder
from tests.package.office import Office
from tests.package.people import People
from tests.portal import Answer, Browser, Send, in_process
from tests.world import PASSWORD, START, Account, World


def first_account(recorder: Recorder, known: bool) -> None:
    """A fresh deployment, before there is a world: somebody makes the first plan administrator (CRD-11).

    `known`: the portal has the person already, who is not of the staff.
    """
    first = {"name": "Pat Sample", "email": "pat.sample@plan.example", "phone": "555-010-0100"}
    plan = {"name": "Example Valley Health Plan", "helpdesk_phone": "1-800-555-0100", "helpdesk_hours": "always"}
    clock.set_source(lambda: START)
    if known:
        user = User(id=ids.new("usr"), name=first["name"], email=first["email"])
        seed.add_user(user, PASSWORD, Preferences(), START)
    with recorder.running("bootstrap"):
        assert functions.call(app, "bootstrap", first | {"plan": plan})["done"]


def watched_world(recorder: Recorder) -> World:
    """The small world, whose requests run as the function behind the API."""
    through: Send = in_process(app)

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> dict[str, Any]:
        with recorder.running("api_handler"):
            return through(method, path, headers, body)

    return World(send)


class Journey:
    """What happens, step by step. `sent` are the requests that were made: method and path."""

    def __init__(self, world: World, recorder: Recorder) -> None:
        self._world = world
        self._recorder = recorder
        self._published: set[str] = set()
        self.sent: list[tuple[str, str]] = []

    def go(self) -> None:
        """All of it."""
        late = {"name": "Late Sample", "email": "late@plan.example", "phone": "555-010-0100"}
        assert self._call("bootstrap", late)["reason"] == "staff_exist"
        self._strangers()
        gina, ada = self._sign_in(self._world.gina), self._sign_in(self._world.ada)
        uploads = [self._file(gina, first="scan"), self._file(gina, first="finalize")]
        self._file(gina, first="scan", status="THREATS_FOUND")
        self._write(gina, ada, uploads)
        self._look_around(gina, ada)
        self._announce(ada)
        people = People(self._world, self.ask, self._publish)
        people.register()
        people.help()
        office = Office(self._world, self.ask, self._publish)
        office.practice()
        office.plan()
        seats.fill(self._world, self.ask, self._publish)
        nominated.nominate(self._world, self.ask, self._publish)
        phases.fill(self._world, self.ask, self._publish)
        people.oneself()
        self._long_work(gina)
        self._failing_mail(gina)
        self._returned_mail(gina)
        self._nights(gina)

    def ask(
        self,
        browser: Browser,
        method: str,
        path: str,
        body: Any = None,
        status: int = 200,
        key: str = "",
        version: int | None = None,
    ) -> Any:
        """A request that ends with this status; its answer."""
        self.sent.append((method, path.partition("?")[0]))
        headers = {"Idempotency-Key": key or uuid.uuid4().hex} if method == "POST" else {}
        headers |= {} if version is None else {"If-Match": f'"{version}"'}
        answer: Answer = browser.send(method, path, body, headers)
        assert answer.status == status, f"{method} {path}: {answer.status} {answer.text}"
        return answer.json if answer.text else None

    def _call(self, function: str, event: Mapping[str, Any]) -> Any:
        with self._recorder.running(function):
            return functions.call(app, function, event)

    def _strangers(self) -> None:
        browser = self._world.browser()
        for path in ("/health", "/openapi.json", "/plan", "/security-questions"):
            self.ask(browser, "GET", path)
        unknown = {"email": "nobody@people.example", "password": "wrong"}
        self.ask(browser, "POST", "/session", unknown, 401)
        known = {**unknown, "email": self._world.gina.user.email}
        self.ask(browser, "POST", "/session", known, 401)

    def _sign_in(self, account: Account) -> Browser:
        # An old hash, which signing in renews.
        weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=2).hash(PASSWORD)
        change = Change(access.system("set-up"), journal.Entry(action="test"), self._world.time.now)
        change.put(credentials.password_row(account.user.id, weak, self._world.time.now))
        change.commit(None)
        browser = self._world.browser(account)
        self._world.time.advance(minutes=2)
        self.ask(browser, "GET", "/session")
        return browser

    def _file(self, browser: Browser, first: str, status: str = "NO_THREATS_FOUND") -> str:
        """Send a file, and let its scan and its finalizing come in either order."""
        announced = self.ask(browser, "POST", "/uploads", uploading.announcement(self._world.gina.mailbox), 201)
        version = uploading.post(announced)
        result = uploading.scan_result(announced["fields"]["key"], version, status)
        steps: list[Callable[[], object]] = [
            lambda: self._call("record_scan_result", result),
            lambda: self.ask(browser, "POST", f"/uploads/{announced['upload_id']}/finalize", {}),
        ]
        for step in steps if first == "scan" else reversed(steps):
            step()
        self._publish()
        state = self.ask(browser, "GET", f"/uploads/{announced['upload_id']}")["state"]
        assert state == ("ready" if status == "NO_THREATS_FOUND" else "refused")
        return str(announced["upload_id"])

    def _unpublished(self) -> list[delivery.StreamRecord]:
        records = [record for record in delivery.stream_records() if _event_id(record) not in self._published]
        self._published |= {_event_id(record) for record in records}
        return records

    def _publish(self) -> None:
        """Let the outbox out and the queues be worked, with each message coming twice, as may happen."""
        queues = {
            "accounts": "receive_registrations",
            # It tells the release without the outbox.
            "inspections": "inspect_uploads",
            "attachments": "release_uploads",
            "notifications": "deliver_notices",
            "enrollment": "follow_onboarding",
            "work": "carry_on_work",
        }
        # What handlers emit goes the same way.
        while records := self._unpublished():
            assert self._call("publish_events", {"Records": records}) == {"batchItemFailures": []}
            for queue, function in queues.items():
                for body in delivery.waiting(queue):
                    for _ in range(2):
                        assert self._call(function, _message(body)) == {"batchItemFailures": []}

    def _write(self, gina: Browser, ada: Browser, uploads: list[str]) -> None:
        world = self._world
        colleague = world.member(world.maple, "Hal Sample", channel="email")
        box, theirs = f"/mailboxes/{world.gina.mailbox}", f"/mailboxes/{world.ada.mailbox}"
        body = {"to": [world.credentialing.id, colleague.mailbox], "subject": "A question", "text": "Hello."}
        key = uuid.uuid4().hex
        first = self.ask(gina, "POST", f"{box}/messages", {**body, "upload_ids": uploads}, 201, key)
        assert self.ask(gina, "POST", f"{box}/messages", {**body, "upload_ids": uploads}, 201, key) == first
        self.ask(gina, "POST", f"{box}/messages", {**body, "to": ["dep_nobody000000000"]}, 422)
        self._publish()
        thread, message = first["thread_id"], first["message_id"]
        self.ask(ada, "GET", f"{theirs}/threads/{thread}")
        self.ask(ada, "GET", f"{theirs}/threads/{thread}/messages/{message}/attachments/{uploads[0]}")
        self.ask(ada, "PUT", f"{theirs}/messages/{message}/read", {"read": True})
        self.ask(ada, "PUT", f"{theirs}/messages/{message}/box", {"box": "archived"})
        self.ask(ada, "PUT", f"{theirs}/messages/{message}/box", {"box": "inbox"})
        for together in ({"read": False}, {"read": True, "box": "archived"}):
            self.ask(ada, "PATCH", f"{theirs}/messages", {"message_ids": [message], **together})
        desk.work(self.ask, ada, world.ada.user.id, world.ada.mailbox, thread)
        letters.write(self.ask, world, gina, thread, message)
        letters.report(self.ask, world, ada, thread, message)
        answer = {"message_id": message, "text": "Certainly.", "all": True}
        self.ask(ada, "POST", f"{theirs}/threads/{thread}/replies", answer, 201)
        self._publish()
        letters.keep(self.ask, world, thread, self._publish)

    def _announce(self, ada: Browser) -> None:
        """Staff find a practice and its people, and write to all of them: to few at once, to many by a long work."""
        world, theirs = self._world, f"/mailboxes/{self._world.ada.mailbox}"
        many, _ = crowds.practice(world, 50)
        reader = world.member(many, "Rhea Sample")
        file = uploading.ready(ada, world.ada.mailbox)
        for search in ("", "crowded", many.tin):
            self.ask(ada, "GET", f"/recipients?mailbox_id={world.ada.mailbox}&kind=organization&search={search}")
        picker = f"/recipients?mailbox_id={world.ada.mailbox}&kind=member&organization_id={many.id}"
        self.ask(ada, "GET", picker)
        for practice in (world.birch, many):
            groups = [{"kind": "everybody", "organization_id": practice.id}]
            body = {"to": [], "groups": groups, "subject": "Closed on Friday", "text": "As every year."}
            sent = self.ask(ada, "POST", f"{theirs}/messages", body, 201)
            self._publish()
            self.ask(ada, "GET", f"{theirs}/messages/{sent['message_id']}/receipts")
        # Somebody has read it who is not to lose it (MSG-9).
        self.ask(world.browser(reader), "GET", f"/mailboxes/{reader.mailbox}/threads/{sent['thread_id']}")
        # From the many by another long work.
        self.ask(ada, "POST", f"{theirs}/messages/{sent['message_id']}/recall", {"thread_id": sent["thread_id"]})
        self._publish()
        words = {"subject": "Closed on Friday", "text": "As every year.", "upload_ids": [file]}
        body = {"mailbox_id": world.ada.mailbox, "to": "everybody", "tins": [many.tin, "999999999"], **words}
        asked = self.ask(ada, "POST", "/broadcasts", body, 202)
        self._publish()
        self.ask(ada, "GET", f"/broadcasts/{asked['work_id']}/skipped")

    def _look_around(self, gina: Browser, ada: Browser) -> None:
        world = self._world
        for browser, account in ((gina, world.gina), (ada, world.ada)):
            self.ask(browser, "GET", "/mailboxes")
            for box in ("inbox", "sent", "archived"):
                self.ask(browser, "GET", f"/mailboxes/{account.mailbox}/{box}")
                for sort in get_args(Sort):
                    self.ask(browser, "GET", f"/mailboxes/{account.mailbox}/{box}?sort={sort}&search=a")
            for kind in ("department", "member"):
                self.ask(browser, "GET", f"/recipients?mailbox_id={account.mailbox}&kind={kind}")
            self.ask(browser, "GET", "/session")
        helper = world.browser(world.agent("Hela Fictional", roles=("helpdesk",)))
        self.ask(helper, "GET", f"/mailboxes/{world.ada.mailbox}/inbox", status=403)
        self.ask(world.browser(), "GET", "/mailboxes", status=401)

    def _long_work(self, gina: Browser) -> None:
        """An import with its file, in two runs; one that is stopped, one of a kind that no step stands for."""
        with self._recorder.running("api_handler"):
            of = works.start(self._world.gina, works.SHA256)
            form = work_files.input_form(of, len(works.ROWS), works.SHA256)
        answer = requests.post(form.url, data=form.fields, files={"file": works.ROWS}, timeout=5)
        assert answer.status_code == 204, answer.text
        self.ask(gina, "POST", f"/work/{of.id}/begin", {})
        # As `carry_on_work` does it once there are kinds.
        with self._recorder.running("carry_on_work"):
            work_runner.carry_on(of.owner, of.id, {"sample": works.step}, "test", lambda: False)
            works.carry_on(of)
        self.ask(gina, "GET", f"/work/{of.id}/result")
        stopped = works.start(self._world.gina)
        self.ask(gina, "POST", f"/work/{stopped.id}/stop", {})
        self._publish()
        works.start(self._world.gina)
        assert self._call("publish_events", {"Records": self._unpublished()}) == {"batchItemFailures": []}
        (body,) = delivery.waiting("work")
        failures = [bool(self._call("carry_on_work", _message(body))["batchItemFailures"]) for _ in range(5)]
        assert failures == [True] * 4 + [False]
        self.ask(gina, "GET", "/work")
        self.ask(gina, "GET", f"/work/{of.id}")

    def _failing_mail(self, gina: Browser) -> None:
        """A notice whose mail SES refuses goes out with the next try."""
        world, address = self._world, config.current().mail_from
        to = {"to": [world.member(world.maple, "Ira Sample", channel="email").mailbox]}
        self.ask(gina, "POST", f"/mailboxes/{world.gina.mailbox}/messages", {**to, "subject": "Hi", "text": "Hi."}, 201)
        aws.ses().delete_identity(Identity=address)
        assert self._call("publish_events", {"Records": self._unpublished()}) == {"batchItemFailures": []}
        (body,) = delivery.waiting("notifications")
        assert self._call("deliver_notices", _message(body))["batchItemFailures"]
        aws.ses().verify_email_identity(EmailAddress=address)
        assert self._call("deliver_notices", _message(body)) == {"batchItemFailures": []}

    def _returned_mail(self, gina: Browser) -> None:
        """Mail to somebody comes back, which those who administer them hear; they have it tried again."""
        now = self._world.time.now
        mail = {"id": "mail-1", "to": [self._world.gina.user.email], "sent_at": now.isoformat()}
        assert self._call("record_mail_result", mail_results.event(mail, "bounced", now)) is None
        self._world.time.advance(minutes=1)
        for _ in range(2):
            self._publish()
        address = {"address": self._world.gina.user.email}
        self.ask(gina, "POST", "/profile/notices/stops/mend", address, 204)
        self._publish()

    def _lost(self, gina: Browser) -> None:
        """Nothing carries the events of the evening. They are found at night, and who is to be told is at seven."""
        world = self._world
        to = {"to": [world.member(world.maple, "Ina Sample", channel="email").mailbox]}
        self.ask(gina, "POST", f"/mailboxes/{world.gina.mailbox}/messages", {**to, "subject": "Hi", "text": "Hi."}, 201)
        self.ask(world.browser(), "POST", "/registrations", inviting.form(tin="999999999"), 202)
        seats.happens(world, world.maple)
        before, look = world.time.now, scheduled_event("notification_fanout", world.time.now)
        world.time.now = START.replace(hour=5) + timedelta(days=1)
        assert self._call("notification_fanout", look)["carried_again"] >= 3
        self._work("accounts", "receive_registrations")
        self._work("enrollment", "follow_onboarding")
        self._work("notifications", "deliver_notices")
        world.time.advance(hours=7)
        assert self._call("notification_fanout", look)["called"]
        self._work("notifications", "deliver_notices")
        world.time.advance(minutes=15)
        assert self._call("notification_fanout", look)["called"] == 0
        self._unpublished()
        world.time.now = before

    def _work(self, queue: str, function: str) -> None:
        for body in delivery.waiting(queue):
            assert self._call(function, _message(body)) == {"batchItemFailures": []}

    def _nights(self, gina: Browser) -> None:
        """What is due on the days after: sessions, an upload that nobody sent, invitations that nobody answered."""
        self.ask(gina, "POST", "/uploads", uploading.announcement(self._world.gina.mailbox), 201)
        self._file(gina, first="scan")
        self._lost(gina)
        self.ask(gina, "DELETE", "/session", status=204)
        # As if it had run yesterday: the first time, it looks a month back.
        timers._advance("housekeeping", self._world.time.now.date())
        tomorrow = {"id": "1", "time": "2026-03-03T00:00:00Z", "source": "aws.events", "detail": {}}
        tomorrow |= {"version": "0", "account": "", "region": "", "resources": [], "detail-type": "Scheduled Event"}
        for _ in range(3):
            self._world.time.advance(days=1)
            finished = False
            # A run that was short of time leaves the rest to the next.
            while not finished:
                worked = self._call("housekeeping", tomorrow)
                assert not worked["failed"], worked
                finished = bool(worked["finished"])
        # A counter that went astray, and one that is right.
        counters.CounterRow(f"BOX#{self._world.gina.mailbox}", "COUNTER", unread=99).save()
        assert self._call("reconcile_unread", tomorrow)["corrected"] == 1
        assert self._call("reconcile_unread", tomorrow)["counted"] == 0
        clocks.run_out(self._world, self._call, self._publish)
        self._world.time.now += timedelta(days=89) - clocks.WEEKS
        timers._advance("housekeeping", self._world.time.now.date() - timedelta(days=3))
        assert self._call("housekeeping", tomorrow)["done"]
        waves.come_aboard(self._world, self.ask, self._call, self._publish)
        self._world.time.now = keeping.over(self._world.time.now)
        worked = self._call("retention", tomorrow)
        assert (worked["deleted"] > 3, worked["held"] > 0, worked["failed"], worked["finished"]) == (True, True, 0, 1)


def _event_id(record: delivery.StreamRecord) -> str:
    return str(record["dynamodb"]["NewImage"]["pk"]["S"])


def _message(body: str) -> dict[str, Any]:
    return {"Records": [{"messageId": "one", "body": body}]}
