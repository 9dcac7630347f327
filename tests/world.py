"""A small made-up world for tests: a plan, two practices, their people."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Self

import msgspec

from chalicelib.accounts import actors
from chalicelib.accounts.domain import Membership, Status, User
from chalicelib.core import access, clock, ids
from chalicelib.core.access import Member, Role, Staff, StaffRole
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.texts import Language
from chalicelib.credentials import hashing
from chalicelib.notifications.domain import Channel, Preferences
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import Audience, Department, PlanSettings, StaffMember
from chalicelib.plan.domain.phases import FEATURES, Phase
from chalicelib.plan.store.phases import Scoped
from local import seed
from tests.portal import Browser, Send

PASSWORD = "Quiet-Harbor-27"
START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class Time:
    """The portal's clock in a test: stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START
        clock.set_source(lambda: self.now)

    def advance(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


class Account(msgspec.Struct, frozen=True):
    """A person, and the actor they are."""

    user: User
    actor: Member | Staff
    mailbox: str


class World:
    """Makes what a test needs, and the browsers of its people."""

    def __init__(self, send: Send) -> None:
        self.time = Time()
        self._send = send
        self._number = 0
        self._devices: dict[str, str | None] = {}
        self._writers: dict[str, tuple[Browser, datetime]] = {}
        self._encoded = hashing.make(PASSWORD)
        self.origin = access.Origin(request_id="test")
        self.credentialing = Department(
            id=ids.new("dep"), name="Credentialing Team", category="Network", description="Applications"
        )
        self.eligibility = Department(
            id=ids.new("dep"), name="Eligibility and Enrollment Team", category="Members", description="Coverage"
        )
        self.internal = Department(
            id=ids.new("dep"), name="Internal Audit", category="Plan", description="", audience="staff"
        )
        plan = PlanSettings(
            name="Example Valley Health Plan",
            time_zone="America/New_York",
            helpdesk_phone="1-800-555-0100",
            helpdesk_hours="always",
            confidentiality_notice="Confidential.",
            sharing_notice="Never share.",
            # Most tests are about something else than the second factor of administrators and staff (CRD-9).
            factor_required="nobody",
        )
        seed.add_plan(plan, [self.credentialing, self.eligibility, self.internal], START)
        # Likewise: most tests are about something else than phases (ORG-8).
        on = {feature: Phase(on_date=START.date()) for feature in FEATURES}
        seed.add_phases(Scoped(scope="plan", phases=on), START)
        self.maple = self.organization("000000001", "Maple Example Clinic")
        self.birch = self.organization("000000002", "Birch Sample Pediatrics")
        self.gina = self.member(self.maple, "Gina Sample", channel="email")
        self.peter = self.member(self.birch, "Peter Specimen", channel="email")
        self.ada = self.agent("Ada Fictional", self.credentialing)

    def as_made(self) -> Self:
        """Another one over the same items, with a clock of its own that stands where the first one's stood."""
        again = copy.copy(self)
        again.time, again._number, again._devices, again._writers = Time(), 0, {}, {}
        return again

    def organization(self, tin: str, name: str) -> Organization:
        made = Organization(
            id=ids.new("org"),
            tin=tin,
            name=name,
            npis=frozenset({"1234567893"}),
            entitlements=frozenset({"claims", "eligibility", "health_records"}),
        )
        seed.add_organization(made, self.time.now)
        return made

    def department(self, name: str, audience: Audience = "everyone") -> Department:
        """One more department, saved by hand until departments are managed."""
        made = Department(id=ids.new("dep"), name=name, category="Care", description="", audience=audience)
        change = Change(access.system("test"), Entry(action="test.department", object_id=made.id), self.time.now)
        change.create(plan_store.department_row(made))
        change.commit(None)
        return made

    def member(
        self,
        organization: Organization,
        name: str,
        role: Role = "general_user",
        status: Status = "active",
        channel: Channel = "online",
        language: Language = "en",
        enabled_at: datetime | None = None,
        verified_at: datetime | None = None,
    ) -> Account:
        """Somebody of a practice. Clocks run only for those whose `enabled_at` or `verified_at` is given."""
        user = self._user(name, Preferences({"SECURE_MESSAGING": channel}), language)
        membership = Membership(
            id=ids.new("mem"),
            organization_id=organization.id,
            user_id=user.id,
            name=name,
            email=user.email,
            role=role,
            status=status,
            enabled_at=enabled_at,
            verified_at=verified_at,
        )
        seed.add_member(membership, self.time.now)
        return Account(user, actors.member_actor(user, membership, self.origin, organization), membership.id)

    def also_member(
        self,
        account: Account,
        organization: Organization,
        role: Role = "general_user",
        enabled_at: datetime | None = None,
        verified_at: datetime | None = None,
    ) -> Account:
        """The same person in one more organization (ACC-8)."""
        membership = Membership(
            id=ids.new("mem"),
            organization_id=organization.id,
            user_id=account.user.id,
            name=account.user.name,
            email=account.user.email,
            role=role,
            status="active",
            enabled_at=enabled_at,
            verified_at=verified_at,
        )
        seed.add_member(membership, self.time.now)
        actor = actors.member_actor(account.user, membership, self.origin, organization)
        return Account(account.user, actor, membership.id)

    def agent(
        self,
        name: str,
        *departments: Department,
        roles: tuple[StaffRole, ...] = ("department_agent",),
        enabled_at: datetime | None = None,
        verified_at: datetime | None = None,
    ) -> Account:
        """Somebody of the plan. Clocks run only for those whose `enabled_at` or `verified_at` is given."""
        user = self._user(name, Preferences())
        staff = StaffMember(
            user_id=user.id,
            name=name,
            email=user.email,
            roles=frozenset(roles),
            departments=frozenset(department.id for department in departments),
            enabled_at=enabled_at,
            verified_at=verified_at,
        )
        seed.add_staff(staff, self.time.now)
        mailbox = departments[0].id if departments else ""
        return Account(user, actors.staff_actor(user, staff, self.origin), mailbox)

    def _user(self, name: str, preferences: Preferences, language: Language = "en") -> User:
        email = f"{name.lower().replace(' ', '.')}@people.example"
        user = User(id=ids.new("usr"), email=email, name=name, language=language)
        seed.add_user(user, PASSWORD, preferences, self.time.now, self._encoded)
        return user

    def number(self) -> int:
        """A number not given before, for names that must differ."""
        self._number += 1
        return self._number

    def browser(self, account: Account | None = None) -> Browser:
        """A fresh browser; with an account, one that is signed in, on the device of that person."""
        browser = Browser(self._send)
        if account is not None:
            browser.device = self._devices.get(account.user.id)
            answer = browser.sign_in(account.user.email, PASSWORD)
            assert answer.status == 201, answer.text
            self._devices[account.user.id] = browser.device
        return browser

    def write(self, writer: Account, *readers: Account, **changes: object) -> dict[str, str]:
        """Somebody sends a message, by the API; its ids. Who writes again at that time is still signed in."""
        body = {"to": [reader.mailbox for reader in readers], "subject": "S", "text": "T", **changes}
        browser, since = self._writers.get(writer.user.id, (None, None))
        path = f"/mailboxes/{writer.mailbox}/messages"
        answer = browser.post(path, body) if browser and since == self.time.now else None
        # Signing in takes as many calls again; too many sessions, or a change of theirs, may have ended that one.
        if answer is None or answer.status == 401:
            browser = self.browser(writer)
            answer = browser.post(path, body)
            self._writers[writer.user.id] = browser, self.time.now
        assert answer.status == 201, answer.text
        return {"message_id": answer.json["message_id"], "thread_id": answer.json["thread_id"]}
