"""The people of the demo: added by the short way, with what a script needs to sign in as them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts import actors
from chalicelib.accounts.domain import Membership, User, may_act, statuses
from chalicelib.accounts.domain.statuses import Move
from chalicelib.core import access, ids
from chalicelib.core.access import AccessLevel, Member, Role, Staff, StaffRole
from chalicelib.core.texts import Language
from chalicelib.credentials import hashing, questions
from chalicelib.credentials.domain.questions import Given
from chalicelib.notifications.domain import Preferences
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import Department, StaffMember
from local import seed

PASSWORD = "Quiet-Harbor-27"  # noqa: S105 - of people who don't exist, on a machine of one's own
ANSWERS = {"first_pet": "Sir Barksalot", "lost_thing": "The blue kite", "best_gift": "A trumpet"}
"""Everybody's, by question."""
SEED = "DEMODEMODEMODEMODEMODEMODEMODEMO"
"""Of the second factor that administrators and staff have: for any authenticator app."""
RECOVERY_CODES = tuple(f"demo-demo-demo-000{number}" for number in range(10))


class Person(msgspec.Struct, kw_only=True):
    """Somebody of the demo, with what a script needs to sign in as them."""

    name: str
    email: str
    password: str = PASSWORD
    totp_secret: str | None = None
    """Of their second factor; None for those who have none."""
    answers: dict[str, str] = msgspec.field(default_factory=lambda: dict(ANSWERS))
    """To their security questions."""
    roles: list[str]
    organization: str | None = None
    departments: list[str] = []


class Cast:
    """Adds people, who are actors of the demo from then on, and remembers those who can sign in."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.people: list[Person] = []
        self.origin = access.Origin(request_id="demo")
        self._encoded = hashing.make(PASSWORD)
        self._chosen = questions.chosen([Given(*one) for one in ANSWERS.items()], now)

    def member(
        self,
        organization: Organization,
        name: str,
        role: Role,
        *,
        mailed: bool = False,
        notices: str | None = None,
        language: Language = "en",
        levels: frozenset[AccessLevel] = frozenset(),
        moves: Sequence[Move] = (),
        verified: int = 0,
    ) -> Member:
        """Somebody of a practice; `moves` is what befell them since, and who can't sign in is not told to scripts.

        `notices`: where they confirmed to get notices, instead of where they sign in. `verified`: so many days ago
        somebody reviewed them last (REV-1).
        """
        user = self._user(name, organization.name, mailed=mailed, language=language, notices=notices)
        membership = Membership(
            id=ids.new("mem"),
            organization_id=organization.id,
            user_id=user.id,
            name=name,
            email=user.email,
            role=role,
            access_levels=levels,
            status="active",
            verified_at=self.now - timedelta(days=verified),
        )
        for move in moves:
            membership = statuses.moved(membership, move, self.now)
        seed.add_member(membership, self.now)
        secret = self._factor(user) if role != "general_user" else None
        if may_act(membership):
            self.people.append(
                Person(name=name, email=user.email, totp_secret=secret, roles=[role], organization=organization.name)
            )
        return actors.member_actor(user, membership, self.origin, organization)

    def also_member(self, actor: Member, organization: Organization) -> None:
        """The same person in one more organization (ACC-8), which is not the one that opens at sign-in."""
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

    def shut_out(self, actor: Member) -> None:
        """Somebody can't sign in any more."""
        self.people = [person for person in self.people if person.email != actor.email]

    def staff(self, name: str, roles: set[StaffRole], *departments: Department) -> Staff:
        """Somebody of the plan."""
        user = self._user(name, "plan", mailed=False, language="en")
        member = StaffMember(
            user_id=user.id,
            name=name,
            email=user.email,
            roles=frozenset(roles),
            departments=frozenset(department.id for department in departments),
        )
        seed.add_staff(member, self.now)
        names = [department.name for department in departments]
        secret = self._factor(user)
        self.people.append(
            Person(name=name, email=user.email, totp_secret=secret, roles=sorted(roles), departments=names)
        )
        return actors.staff_actor(user, member, self.origin)

    def _user(self, name: str, of: str, *, mailed: bool, language: Language, notices: str | None = None) -> User:
        host = of.lower().replace(" ", "-")
        email = f"{name.lower().replace(' ', '.')}@{host}.example"
        user = User(id=ids.new("usr"), email=email, name=name, language=language)
        preferences = Preferences({"SECURE_MESSAGING": "email"} if mailed else {}, notice_address=notices)
        seed.add_user(user, PASSWORD, preferences, self.now, self._encoded)
        seed.add_questions(user.id, self._chosen, self.now)
        return user

    def _factor(self, user: User) -> str:
        """Whoever must have a second factor has one, whose seed everybody may know (CRD-9)."""
        seed.add_factor(user.id, SEED, RECOVERY_CODES, self.now)
        return SEED
