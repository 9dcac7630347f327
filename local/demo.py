"""The demo: a plan, two practices and their people, all plainly made up, and a few threads between them."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.accounts import actors
from chalicelib.accounts.domain import Membership, User
from chalicelib.core import access, clock, ids
from chalicelib.core.access import AccessLevel, Actor, Role, StaffRole
from chalicelib.core.texts import Language
from chalicelib.credentials import hashing
from chalicelib.messages import actions as messages
from chalicelib.messages.actions import Draft
from chalicelib.notifications.domain import Preferences
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import Contact, Department, PlanSettings, StaffMember
from local import seed

PASSWORD = "Quiet-Harbor-27"  # noqa: S105 - of people who don't exist, on a machine of one's own

PLAN = PlanSettings(
    name="Example Valley Health Plan",
    time_zone="America/New_York",
    helpdesk_phone="1-800-555-0100",
    helpdesk_hours="Monday to Friday, 7:00 am to 7:00 pm Eastern time",
    contacts=(
        Contact("Portal helpdesk", "1-800-555-0100", "helpdesk@plan.example"),
        Contact("Enrollment", "1-800-555-0101", "enrollment@plan.example"),
        Contact("Credentialing", "1-800-555-0102", "credentialing@plan.example"),
        Contact("Network", "1-800-555-0103", "network@plan.example"),
    ),
    enrollment_address="enrollment@plan.example",
    confidentiality_notice=(
        "This message may contain protected health information. It is meant only for the people it is addressed to. "
        "If it reached you in error, do not use or pass it on, and tell the plan."
    ),
    sharing_notice=(
        "Your sign-in is yours alone. Sharing it is against policy: everyone can have an account of their own."
    ),
)

DEPARTMENTS = (
    Department(
        id="dep_credentialing0",
        name="Credentialing Team",
        category="Network",
        description="Applications, re-credentialing, changes of practice data",
    ),
    Department(
        id="dep_eligibility000",
        name="Eligibility and Enrollment Team",
        category="Members",
        description="Questions about members' coverage and enrollment",
    ),
    Department(
        id="dep_bhcare0000",
        name="BH Care Management",
        category="Care management",
        description="Behavioral health: care plans, referrals, discharge",
    ),
    Department(
        id="dep_iddcare000",
        name="IDD Care Management",
        category="Care management",
        description="Intellectual and developmental disabilities: care plans, supports",
    ),
)
_BY_NAME = {department.name: department for department in DEPARTMENTS}

_ALL_LEVELS: frozenset[AccessLevel] = frozenset(
    {"health_records", "claims", "eligibility", "health_passport", "assessments", "authorizations"}
)


class Person(msgspec.Struct, kw_only=True):
    """Somebody of the demo, with what a script needs to sign in as them."""

    name: str
    email: str
    password: str = PASSWORD
    totp_secret: str | None = None
    roles: list[str]
    organization: str | None = None
    departments: list[str] = []


class _Cast:
    """Adds people and remembers the actors that write the demo's messages."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.people: list[Person] = []
        self._encoded = hashing.make(PASSWORD)
        self._origin = access.Origin(request_id="demo")

    def member(
        self,
        organization: Organization,
        name: str,
        role: Role,
        *,
        mailed: bool = False,
        language: Language = "en",
        levels: frozenset[AccessLevel] = frozenset(),
    ) -> Actor:
        user = self._user(name, organization.name, mailed=mailed, language=language)
        membership = Membership(
            id=ids.new("mem"),
            organization_id=organization.id,
            user_id=user.id,
            name=name,
            email=user.email,
            role=role,
            access_levels=levels,
            status="active",
            verified_at=self.now,
        )
        seed.add_member(membership, self.now)
        self.people.append(Person(name=name, email=user.email, roles=[role], organization=organization.name))
        return actors.member_actor(user, membership, self._origin)

    def also_member(self, actor: Actor, organization: Organization) -> None:
        """The same person in one more organization (ACC-8), which is not the one that opens at sign-in."""
        assert isinstance(actor, access.Member)
        # The membership with the smallest id opens first.
        later = "mem_" + "z" * 6 + ids.new("mem").removeprefix("mem_")[6:]
        membership = Membership(
            id=later,
            organization_id=organization.id,
            user_id=actor.id,
            name=actor.name,
            email=actor.email,
            role="general_user",
            access_levels=frozenset({"eligibility"}),
            status="active",
            verified_at=self.now,
        )
        seed.add_member(membership, self.now)

    def staff(self, name: str, roles: set[StaffRole], *departments: str) -> Actor:
        user = self._user(name, "plan", mailed=False, language="en")
        member = StaffMember(
            user_id=user.id,
            name=name,
            email=user.email,
            roles=frozenset(roles),
            departments=frozenset(_BY_NAME[department].id for department in departments),
        )
        seed.add_staff(member, self.now)
        self.people.append(Person(name=name, email=user.email, roles=sorted(roles), departments=list(departments)))
        return actors.staff_actor(user, member, self._origin)

    def _user(self, name: str, of: str, *, mailed: bool, language: Language) -> User:
        host = of.lower().replace(" ", "-")
        email = f"{name.lower().replace(' ', '.')}@{host}.example"
        user = User(id=ids.new("usr"), email=email, name=name, language=language)
        preferences = Preferences({"SECURE_MESSAGING": "email"} if mailed else {})
        seed.add_user(user, PASSWORD, preferences, self.now, self._encoded)
        return user


def load() -> list[dict[str, Any]]:
    """Fill empty tables. Returns the people as `GET /_local/demo` lists them."""
    now = clock.now()
    seed.add_plan(PLAN, DEPARTMENTS, now)
    cast = _Cast(now)
    maple = Organization(
        id=ids.new("org"),
        tin="000000001",
        name="Maple Example Clinic",
        npis=frozenset({"1234567893"}),
        entitlements=_ALL_LEVELS,
    )
    birch = Organization(
        id=ids.new("org"),
        tin="000000002",
        name="Birch Sample Pediatrics",
        npis=frozenset({"1245319599"}),
        entitlements=_ALL_LEVELS,
    )
    for organization in (maple, birch):
        seed.add_organization(organization, now)
    gina = cast.member(maple, "Gina Sample", "general_user", mailed=True, levels=_ALL_LEVELS)
    cast.member(maple, "Lou Placeholder", "local_administrator", levels=_ALL_LEVELS)
    bea = cast.member(maple, "Bea Placeholder", "backup_administrator", levels=_ALL_LEVELS)
    cast.member(maple, "Hugo Ejemplo", "general_user", language="es", levels=frozenset({"claims"}))
    peter = cast.member(birch, "Peter Specimen", "general_user", mailed=True, levels=_ALL_LEVELS)
    cast.member(birch, "Lena Specimen", "local_administrator", levels=_ALL_LEVELS)
    cast.member(birch, "Bruno Specimen", "backup_administrator", levels=_ALL_LEVELS)
    cast.also_member(bea, birch)
    ada = cast.staff("Ada Fictional", {"department_agent"}, "Credentialing Team")
    edith = cast.staff("Edith Fictional", {"department_agent"}, "Eligibility and Enrollment Team", "Credentialing Team")
    cast.staff("Boris Fictional", {"department_agent"}, "BH Care Management", "IDD Care Management")
    cast.staff("Paula Fictional", {"plan_administrator"})
    cast.staff("Enzo Fictional", {"enrollment"})
    cast.staff("Hanna Fictional", {"helpdesk", "department_agent"}, "Eligibility and Enrollment Team")
    cast.staff("Audra Fictional", {"auditor"})
    _write_threads(gina, peter, ada, edith, now)
    return [msgspec.to_builtins(person) for person in cast.people]


def _write_threads(gina: Actor, peter: Actor, ada: Actor, edith: Actor, now: datetime) -> None:
    """Two threads of Maple and one of Birch; Gina has one unread answer."""
    credentialing, eligibility = DEPARTMENTS[0].id, DEPARTMENTS[1].id
    asked = messages.send(
        gina,
        _draft(gina, "When is the re-credentialing application of our second provider due?"),
        [credentialing],
        [],
        "Re-credentialing date",
        now - timedelta(days=2, hours=3),
    )
    answered = messages.reply(
        ada,
        _draft(
            ada, "The application is due at the end of next month. The form is in the resource library.", credentialing
        ),
        asked.thread_id,
        asked.message_id,
        everyone=False,
        now=now - timedelta(days=2),
    )
    messages.mark(gina, _own(gina), answered.message_id, now - timedelta(days=1), unread=False)
    messages.mark(ada, credentialing, asked.message_id, now - timedelta(days=2), unread=False)
    coverage = messages.send(
        gina,
        _draft(gina, "A family moved to our county last week. Which date counts for their coverage?"),
        [eligibility],
        [],
        "Coverage after a move",
        now - timedelta(hours=20),
    )
    messages.mark(edith, eligibility, coverage.message_id, now - timedelta(hours=19), unread=False)
    messages.reply(
        edith,
        _draft(
            edith,
            "The first day of the month after the move counts.\n\nLet us know if you need it in writing.",
            eligibility,
        ),
        coverage.thread_id,
        coverage.message_id,
        everyone=False,
        now=now - timedelta(hours=2),
    )
    messages.send(
        peter,
        _draft(peter, "Please add our new fax number to the directory."),
        [credentialing],
        [],
        "New fax number",
        now - timedelta(hours=5),
    )


def _own(actor: Actor) -> str:
    return next(iter(actor.mailboxes))


def _draft(actor: Actor, text: str, mailbox_id: str | None = None) -> Draft:
    return Draft(mailbox_id=mailbox_id or _own(actor), text=text, urgent=False, upload_ids=[])
