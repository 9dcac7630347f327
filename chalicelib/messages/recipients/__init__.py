"""From ids to parties: who may be written to, checked against the directory as it is now (MSG-1, S-AZ-10).

Beside it: `groups` (who is in one), `picking` (what the picker offers).
"""

from collections.abc import Iterable, Sequence

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import domain as accounts
from chalicelib.core.access import Actor, Member
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.messages.domain import Party
from chalicelib.messages.domain import groups as group_rules
from chalicelib.messages.domain.groups import Group, GroupKind
from chalicelib.messages.recipients import groups
from chalicelib.organizations import store as organizations
from chalicelib.plan import domain as plan
from chalicelib.plan import store as plan_store


class Addressed(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes to whom, with what their groups hold now."""

    sender: Party
    organization_id: str | None
    """The one organization of whom is written to; None for departments alone (MSG-1)."""
    to: tuple[Party, ...]
    """People, departments and groups."""
    cc: tuple[Party, ...] = ()
    in_groups: tuple[Party, ...] = ()
    """The members of those groups."""
    left: tuple[Party, ...] = ()
    """Those it is not delivered to any more, of whom the sender is told (MSG-7)."""

    @property
    def reached(self) -> tuple[Party, ...]:
        """Whose mailboxes it goes to, each once: departments first, since they are few."""
        named = [party for party in self.to + self.cc if not party.is_group]
        everybody = {party.id: party for party in (*named, *self.in_groups)}
        return tuple(sorted(everybody.values(), key=lambda party: party.kind != "department"))

    @property
    def has_groups(self) -> bool:
        """Whether it goes to more than its parties name."""
        return any(party.is_group for party in self.to + self.cc)


def mailbox(actor: Actor, mailbox_id: str) -> str:
    """The mailbox, when the actor works in it. Raises NotFound for any other (house rule 7)."""
    if mailbox_id not in actor.mailboxes:
        raise NotFound
    return mailbox_id


def sender(actor: Actor, mailbox_id: str) -> Party:
    """The party that writes from a mailbox: a member themself, staff their department, also a retired one (MSG-6)."""
    mailbox(actor, mailbox_id)
    departments = {} if isinstance(actor, Member) else plan_store.departments_by_id([mailbox_id])
    return _sender(actor, departments.get(mailbox_id))


def starter(actor: Actor, mailbox_id: str) -> Party:
    """Likewise where a thread is started. Raises Conflict `department_retired`."""
    mailbox(actor, mailbox_id)
    departments = {} if isinstance(actor, Member) else plan_store.departments_by_id([mailbox_id])
    return _starter(actor, departments.get(mailbox_id))


def _sender(actor: Actor, department: plan.Department | None) -> Party:
    if isinstance(actor, Member):
        return Party(actor.membership_id, "member", actor.name)
    if department is None:
        raise NotFound
    return Party(department.id, "department", department.name)


def _starter(actor: Actor, department: plan.Department | None) -> Party:
    """The party that starts a thread: a retired department only goes on with what is there (MSG-6)."""
    if department is not None and not department.active:
        raise Conflict("department_retired")
    return _sender(actor, department)


def resolve(
    actor: Actor,
    mailbox_id: str,
    to: Sequence[str],
    cc: Sequence[str],
    wanted: Sequence[Group] = (),
    organization_id: str | None = None,
) -> Addressed:
    """The party that writes, and those for what a person picked: departments of their audience, members and groups.

    Members write to their own organization's, staff to those of the one they name. Departments are read once. Raises
    NotFound for a mailbox that isn't the actor's, Conflict `department_retired`, and Invalid without saying which id
    is wrong or why: it may be somebody else's.
    """
    mailbox(actor, mailbox_id)
    practice = _practice(actor, wanted, organization_id)
    picked = [*to, *cc]
    members = [id_ for id_ in picked if _is(id_, "mem")]
    parties = _members(practice, members)
    departments = plan_store.departments_by_id({id_ for id_ in (mailbox_id, *picked) if _is(id_, "dep")})
    writer = _starter(actor, departments.get(mailbox_id))
    parties |= {
        id_: Party(id_, "department", department.name)
        for id_, department in departments.items()
        if id_ in picked and plan.may_write_to(actor, department)
    }
    whole = _groups(actor, practice, wanted)
    fields = [
        FieldError(pointer, "unknown_recipient")
        for pointer, ids in (("/to", to), ("/cc", cc))
        if any(id_ not in parties for id_ in ids)
    ]
    if len(whole) < len(wanted):
        fields.append(FieldError("/groups", "unknown_recipient"))
    if fields:
        raise Invalid(fields=tuple(fields))
    own = isinstance(actor, Member)
    return _addressed(
        writer,
        practice if own or members or whole else None,
        (*whole, *(parties[id_] for id_ in to)),
        tuple(parties[id_] for id_ in cc),
    )


def again(
    actor: Actor,
    mailbox_id: str,
    organization_id: str | None,
    to: tuple[Party, ...],
    cc: tuple[Party, ...],
) -> Addressed:
    """The parties of a thread when one is written to them again: who left is left out, groups hold whom they do now.

    Members don't write to groups, so an answer of theirs goes to those who are named (MSG-1).
    """
    writer = sender(actor, mailbox_id)
    if isinstance(actor, Member):
        to, cc = (tuple(party for party in parties if not party.is_group) for parties in (to, cc))
    reachable = _reachable(organization_id, to + cc)
    made = _addressed(
        writer,
        organization_id,
        tuple(party for party in to if party.id in reachable),
        tuple(party for party in cc if party.id in reachable),
    )
    gone = tuple(party for party in to + cc if party.id not in reachable)
    return msgspec.structs.replace(made, left=gone + made.left)


def _addressed(writer: Party, organization_id: str | None, to: tuple[Party, ...], cc: tuple[Party, ...]) -> Addressed:
    kinds: list[GroupKind] = [party.kind for party in to + cc if party.kind in ("administrators", "everybody")]
    expanded = groups.expand(organization_id or "", kinds)
    return Addressed(
        sender=writer,
        organization_id=organization_id,
        to=to,
        cc=cc,
        in_groups=expanded.reached,
        left=expanded.left,
    )


def _practice(actor: Actor, wanted: Sequence[Group], organization_id: str | None) -> str | None:
    if isinstance(actor, Member):
        return actor.organization_id
    return group_rules.one_organization(tuple(wanted), organization_id)


def _members(organization_id: str | None, ids: list[str]) -> dict[str, Party]:
    found = counting.addressed(organization_id or "", ids)
    return {
        id_: Party(id_, "member", membership.name)
        for id_, membership in found.items()
        if accounts.takes_messages(membership)
    }


def _groups(actor: Actor, organization_id: str | None, wanted: Sequence[Group]) -> tuple[Party, ...]:
    """The groups as parties; none to a member, and none of an organization that isn't there or has ended (ORG-9)."""
    if not wanted or isinstance(actor, Member) or organization_id is None:
        return ()
    found = organizations.find(organization_id)
    if found is None or found.closed:
        return ()
    return tuple(Party(found.id, kind, found.name) for kind in [group.kind for group in wanted])


def _reachable(organization_id: str | None, parties: Iterable[Party]) -> frozenset[str]:
    """Ids of those parties of a thread that messages are still delivered to (MSG-7).

    A group is there for as long as its organization (ORG-9).
    """
    parties = list(parties)
    departments = [party.id for party in parties if party.kind == "department"]
    found = plan_store.departments_by_id(departments)
    reachable = {id_ for id_, department in found.items() if department.active}
    reachable |= _members(organization_id, [party.id for party in parties if party.kind == "member"]).keys()
    in_groups = {party.id for party in parties if party.is_group}
    practice = organizations.find(organization_id or "") if in_groups else None
    return frozenset(reachable | (in_groups if practice is not None and not practice.closed else set()))


def _is(id_: str, prefix: str) -> bool:
    return id_.startswith(prefix + "_")
