"""Somebody in each role of the matrix, and what is theirs, a colleague's, another organization's and nobody's."""

import msgspec

from app import app
from chalicelib.accounts.store import requests
from chalicelib.core import ids
from chalicelib.core.access import Actor, Displaced, Member, Role, StaffRole
from chalicelib.credentials import store as sessions
from chalicelib.enrollment.domain.directory import PLAN
from chalicelib.enrollment.store import directory
from chalicelib.messages.store import drafts
from chalicelib.recovery.store import cases
from tests import asked_of_waves, belongings, later, recovering, works
from tests.belongings import Things
from tests.portal import Browser, in_process
from tests.world import START, Account, World

_SOLE: Role = "local_administrator"
STAFF: tuple[StaffRole, ...] = ("enrollment", "helpdesk", "auditor", "plan_administrator")


class Person(msgspec.Struct, frozen=True):
    """Somebody in one role, signed in once."""

    role: str
    actor: Actor | None
    browser: Browser
    things: dict[str, Things]
    """By column of the matrix."""

    def keep_session(self) -> sessions.SessionRow | None:
        """Their session's item as it is; saved again, it takes back signing out and opening another membership."""
        if self.browser.cookie is None:
            return None
        token = self.browser.cookie.partition("=")[2]
        return sessions.SessionRow.get(*sessions.session_key(ids.digest(token)), consistent_read=True)


class People:
    """A world with somebody in each role. Nothing a cell asks for changes what another cell is answered."""

    def __init__(self) -> None:
        world = self.world = World(in_process(app))
        self._asking: list[requests.AccessRequest] = []
        self._cases: list[cases.CaseRow] = []
        self._drafts: list[drafts.DraftRow] = []
        self._directory: list[directory.DirectoryRequestRow] = []
        self._disabled: dict[str, str] = {}
        self.touched = False
        """Whether a request was done since all was restored: one that is refused changes nothing (asking.py)."""
        for organization in (world.maple, world.birch):
            shut = world.member(organization, f"Dee Sample {world.number()}")
            self._disabled[organization.id] = shut.mailbox
            later.set_status(shut, "disabled")
        backup = world.member(world.maple, "Bea Sample", role="backup_administrator")
        local = world.member(world.maple, "Lola Sample", role="local_administrator")
        colleague = self._belongings(world.member(world.maple, "Cole Sample"))
        eve = world.agent("Eve Fictional", world.eligibility)
        nobody = {name: ids.new(id_.partition("_")[0]) for name, id_ in colleague.items()}
        gina, other = self._belongings(world.gina), self._belongings(world.peter)
        of_plan = self._belongings(eve)
        later.grant(world.gina, "claims")
        everyone: dict[str, tuple[Account, Things]] = {
            "general_user": (world.gina, gina),
            "backup_administrator": (backup, self._belongings(backup)),
            "local_administrator": (local, self._belongings(local)),
            "department_agent": (world.ada, self._belongings(world.ada)),
        }
        for staff_role in STAFF:
            # Assigned to a department, which opens no mailbox to these roles (S-AZ-13).
            account = world.agent(f"{staff_role.replace('_', ' ')} Fictional", world.credentialing, roles=(staff_role,))
            own = {
                **everyone["department_agent"][1],
                "user_id": account.user.id,
                "work_id": works.finished(account).id,
                "case_id": self._case(account),
            }
            everyone[staff_role] = (account, own)
        self.by_role: dict[str, Person] = {}
        for role, (account, own) in everyone.items():
            is_member = isinstance(account.actor, Member)
            things = {"own": {**own, "successor_id": own["membership_id"]}, "nobody": nobody}
            things |= {"colleague": colleague, "other": other} if is_member else {"colleague": of_plan, "other": gina}
            if role == "plan_administrator":
                # What administrators of practices answer is asked of staff about a practice's people.
                things["other"] = {**other, "user_id": world.gina.user.id}
            if role == "enrollment":
                alone = world.member(world.organization("000000003", "Cedar Sample Clinic"), "Sole Sample", role=_SOLE)
                things["other"] = {**gina, "case_id": self._case(alone)}
                things["own"]["organization_import_id"] = asked_of_waves.announced(account)
            self.by_role[role] = Person(role, account.actor, world.browser(account), things)
        general = self.by_role["general_user"].things
        self.by_role["anonymous"] = Person("anonymous", None, world.browser(), general)
        self._add_those_without_a_place(general)

    def restore(self) -> None:
        """Make what only once can be answered anew, if anything was: requests of several kinds, cases, drafts."""
        if not self.touched:
            return
        self.touched = False
        for case in self._cases:
            case.save()
        for draft in self._drafts:
            draft.save()
        for request in self._asking:
            requests.row(request).save()
        for asked in self._directory:
            asked.save()

    def _add_those_without_a_place(self, general: dict[str, Things]) -> None:
        world = self.world
        shut = world.member(world.maple, "Shona Sample")
        browser = world.browser(shut)
        later.set_status(shut, "disabled")
        self.by_role["disabled"] = Person("disabled", None, browser, general)
        # In one organization when they sign in; so that one is open when it is shut.
        lost = world.member(world.maple, "Lossie Sample")
        browser = world.browser(lost)
        kept = world.also_member(lost, world.birch)
        later.set_status(lost, "disabled")
        things = {**general, "own": {**general["own"], "membership_id": kept.mailbox}}
        actor = Displaced(id=lost.user.id, origin=world.origin, name="Lossie Sample")
        self.by_role["displaced"] = Person("displaced", actor, browser, things)

    def _belongings(self, account: Account) -> Things:
        """Something of every kind that is this person's."""
        world, actor = self.world, account.actor
        if isinstance(actor, Member):
            # A level that the organization isn't entitled to (any more): granting it is refused at the very end.
            asking = requests.AccessRequest(
                organization_id=actor.organization_id, membership_id=account.mailbox, name=actor.name,
                access_level="assessments", requested_at=START,
            )  # fmt: skip
            self._asking.append(asking)
            requests.row(asking).save()
            disabled = self._disabled[actor.organization_id]
        else:
            disabled = account.user.id
        # To nobody but themself: it lies in their inbox, and no department has it.
        writer = account if isinstance(actor, Member) else world.gina
        things = {**belongings.of(world, account, writer), "successor_id": disabled}
        self._keep(things["case_id"])
        place = actor.organization_id if isinstance(actor, Member) else PLAN
        asked = directory.request(place, things["directory_request_id"])
        assert asked is not None
        self._directory.append(directory.row(asked))
        key = (f"DRAFTS#{account.mailbox}#{account.user.id}", things["draft_id"])
        self._drafts.append(drafts.DraftRow.get(*key, consistent_read=True))
        return things

    def _case(self, account: Account) -> str:
        case_id = recovering.case_about(self.world, account)
        self._keep(case_id)
        return case_id

    def _keep(self, case_id: str) -> None:
        self._cases.append(cases.CaseRow.get(*cases.key(case_id), consistent_read=True))
