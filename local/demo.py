"""The demo: a plan, five practices and their people, all plainly made up, a few threads, and things that wait.

Some more practices are still coming aboard (`demo_aboard`).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from chalicelib.access_reviews.actions import clock as review_clock
from chalicelib.accounts.actions import access as access_requests
from chalicelib.accounts.actions import members, newcomers, registrations
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.core import clock, ids, timers
from chalicelib.core.access import AccessLevel, Actor, Member, Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.messages.actions import filing, sending
from chalicelib.messages.actions.sending import Draft
from chalicelib.messages.domain.groups import Group
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import Department, PlanSettings
from chalicelib.plan.domain.contacts import Contact
from chalicelib.retention.actions import holding
from chalicelib.retention.domain.holds import Subject
from local import demo_aboard, demo_desk, demo_phases, seed
from local.cast import PASSWORD, Cast
from local.demo_aboard import Aboard
from local.demo_desk import Desk

__all__ = ["PASSWORD", "load"]

PLAN = PlanSettings(
    name="Example Valley Health Plan",
    time_zone="America/New_York",
    helpdesk_phone="1-800-555-0100",
    helpdesk_hours="Monday to Friday, 7:00 am to 7:00 pm Eastern time",
    contacts=(
        Contact("helpdesk", "1-800-555-0100", "helpdesk@plan.example"),
        Contact("enrollment", "1-800-555-0101", "enrollment@plan.example"),
        Contact("credentialing", "1-800-555-0102", "credentialing@plan.example"),
        Contact("portal", "1-800-555-0104", "portal@plan.example"),
        Contact("network", "1-800-555-0103", "network@plan.example"),
    ),
    enrollment_address="enrollment@plan.example",
    privacy_address="privacy@plan.example",
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

_ALL_LEVELS: frozenset[AccessLevel] = frozenset(
    {"health_records", "claims", "eligibility", "health_passport", "assessments", "authorizations"}
)


def _where_it_is_nine(now: datetime) -> str:
    """A time zone in which a working day has just begun: or notices would wait for the morning, half of the day."""
    ahead = (9 - now.astimezone(UTC).hour + 12) % 24 - 12
    # In these names the sign is the other way round.
    return f"Etc/GMT{-ahead:+d}"


def load() -> list[dict[str, Any]]:
    """Fill empty tables. Returns the people as `GET /_local/demo` lists them."""
    now = clock.now()
    seed.add_plan(msgspec.structs.replace(PLAN, time_zone=_where_it_is_nine(now)), DEPARTMENTS, now)
    cast = Cast(now)
    maple = _practice("000000001", "Maple Example Clinic", "1234567893", now)
    birch = _practice("000000002", "Birch Sample Pediatrics", "1245319599", now)
    gina = cast.member(maple, "Gina Sample", "general_user", mailed=True, levels=_ALL_LEVELS)
    cast.member(maple, "Lou Placeholder", "local_administrator", levels=_ALL_LEVELS)
    bea = cast.member(maple, "Bea Placeholder", "backup_administrator", levels=_ALL_LEVELS)
    cast.member(maple, "Hugo Ejemplo", "general_user", language="es", levels=frozenset({"claims"}))
    peter = cast.member(birch, "Peter Specimen", "general_user", mailed=True, levels=_ALL_LEVELS)
    cast.member(birch, "Lena Specimen", "local_administrator", levels=_ALL_LEVELS)
    cast.member(
        birch, "Bruno Specimen", "backup_administrator", notices="front-desk@birch-sample.example", levels=_ALL_LEVELS
    )
    cast.also_member(bea, birch)
    omar, cora = _add_waiting(cast, now)
    elm = _add_due(cast, now)
    credentialing, eligibility, *care = DEPARTMENTS
    ada = cast.staff("Ada Fictional", {"department_agent"}, credentialing)
    edith = cast.staff("Edith Fictional", {"department_agent"}, eligibility, credentialing, care[1])
    boris = cast.staff("Boris Fictional", {"department_agent"}, *care)
    paula = cast.staff("Paula Fictional", {"plan_administrator"})
    enzo = cast.staff("Enzo Fictional", {"enrollment"})
    cast.staff("Emil Fictional", {"enrollment"})
    cast.staff("Hanna Fictional", {"helpdesk", "department_agent"}, eligibility)
    audra = cast.staff("Audra Fictional", {"auditor"})
    _write_threads(gina, peter, ada, edith, now)
    _announce(ada, omar.organization_id, now - timedelta(hours=4))
    demo_phases.keep(birch.id, now)
    _hold(paula, audra, birch.id, peter.id, now)
    demo_desk.fill(Desk(care[1], now), (boris, edith), omar, cora)
    demo_aboard.tell([maple.id, birch.id, omar.organization_id, cora.organization_id, elm.id], now)
    demo_aboard.fill(Aboard(enzo, cast.origin, now))
    return [msgspec.to_builtins(person) for person in cast.people]


def _practice(tin: str, name: str, npi: str, now: datetime) -> Organization:
    made = Organization(id=ids.new("org"), tin=tin, name=name, npis=frozenset({npi}), entitlements=_ALL_LEVELS)
    seed.add_organization(made, now)
    return made


def _add_waiting(cast: Cast, now: datetime) -> tuple[Member, Member]:
    """A practice in which something of every kind waits for its administrators, and one that has no backup yet.

    Returns one of each.
    """
    willow = _practice("000000003", "Willow Example Dental", "1376542386", now)
    cedar = _practice("000000004", "Cedar Placeholder Therapy", "1003000126", now)
    wanda = cast.member(willow, "Wanda Specimen", "local_administrator", levels=_ALL_LEVELS)
    cast.member(willow, "Wes Specimen", "backup_administrator", levels=_ALL_LEVELS)
    omar = cast.member(willow, "Omar Sample", "general_user", levels=frozenset({"eligibility"}))
    dora = cast.member(willow, "Dora Sample", "general_user", levels=frozenset({"claims"}))
    cast.member(willow, "Ivan Sample", "general_user", moves=("lapse", "suspend"), verified=97)
    _look_at_reviews(willow, now)
    cora = cast.member(cedar, "Cora Placeholder", "local_administrator", levels=_ALL_LEVELS)
    access_requests.ask(omar, "claims", now)
    members.move(wanda, dora.membership_id, 0, "disable", "On leave until spring", now)
    cast.shut_out(dora)
    una = NewMember(name="Una Example", email="una.example@willow-example-dental.example", phone="555-010-0121")
    newcomers.create(wanda, una, "en", now)
    noel = NewMember(name="Noel Newcomer", email="noel.newcomer@willow-example-dental.example", phone="555-010-0122")
    registrations.ask(noel, willow.tin, "en", cast.origin, now)
    return omar, cora


def _add_due(cast: Cast, now: datetime) -> Organization:
    """A practice whose reviews are due soon; one of them is late."""
    elm = _practice("000000005", "Elm Sample Family Practice", "1629071758", now)
    cast.member(elm, "Elena Sample", "local_administrator", levels=_ALL_LEVELS, verified=80)
    cast.member(elm, "Ernst Sample", "backup_administrator", levels=_ALL_LEVELS, verified=30)
    cast.member(elm, "Evan Sample", "general_user", levels=frozenset({"claims"}), verified=87)
    cast.member(elm, "Etta Sample", "general_user", levels=frozenset({"eligibility"}), verified=79)
    cast.member(elm, "Egon Sample", "general_user", moves=("suspend",), verified=93)
    _look_at_reviews(elm, now)
    return elm


def _look_at_reviews(organization: Organization, now: datetime) -> None:
    """What the daily job does, so that the plan finds the practice from the beginning."""
    timer = timers.Timer(schedule="revalidation_reminders", kind="review", subject=organization.id, due=now)
    planned = Change(system("demo"), Entry(action="demo.looked", object_id=organization.id), now)
    timers.arm(planned, timer)
    planned.commit(None)
    review_clock.look(timer, now)


def _write_threads(gina: Actor, peter: Actor, ada: Actor, edith: Actor, now: datetime) -> None:
    """Two threads of Maple and one of Birch; Gina has one unread answer."""
    credentialing, eligibility = DEPARTMENTS[0].id, DEPARTMENTS[1].id
    asked = sending.send(
        gina,
        _draft(gina, "When is the re-credentialing application of our second provider due?"),
        [credentialing],
        [],
        "Re-credentialing date",
        now - timedelta(days=2, hours=3),
    )
    answered = sending.reply(
        ada,
        _draft(
            ada, "The application is due at the end of next month. The form is in the resource library.", credentialing
        ),
        asked.thread_id,
        asked.message_id,
        everyone=False,
        now=now - timedelta(days=2),
    )
    filing.mark(gina, _own(gina), answered.message_id, now - timedelta(days=1), unread=False)
    filing.mark(ada, credentialing, asked.message_id, now - timedelta(days=2), unread=False)
    coverage = sending.send(
        gina,
        _draft(gina, "A family moved to our county last week. Which date counts for their coverage?"),
        [eligibility],
        [],
        "Coverage after a move",
        now - timedelta(hours=20),
    )
    filing.mark(edith, eligibility, coverage.message_id, now - timedelta(hours=19), unread=False)
    sending.reply(
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
    sending.send(
        peter,
        _draft(peter, "Please add our new fax number to the directory."),
        [credentialing],
        [],
        "New fax number",
        now - timedelta(hours=5),
    )


def _announce(ada: Actor, organization_id: str, now: datetime) -> None:
    """An announcement to everybody in one practice, where one person doesn't get it any more."""
    text = "Our offices are closed on Friday. What you send us until then is answered on Monday."
    draft = msgspec.structs.replace(_draft(ada, text, DEPARTMENTS[0].id), groups=[Group("everybody", organization_id)])
    sending.send(ada, draft, [], [], "Closed on Friday", now)


def _hold(paula: Staff, audra: Staff, organization_id: str, user_id: str, now: datetime) -> None:
    """A legal hold that waits for a second person, and one that holds (MSG-10)."""
    active = holding.ask(
        audra, Subject("organization", organization_id), "Example matter 0001", now - timedelta(days=9)
    )
    holding.move(paula, active.id, active.version, "confirm", "", now - timedelta(days=8))
    holding.ask(paula, Subject("user", user_id), "Example matter 0002", now - timedelta(hours=6))


def _own(actor: Actor) -> str:
    return next(iter(actor.mailboxes))


def _draft(actor: Actor, text: str, mailbox_id: str | None = None) -> Draft:
    return Draft(mailbox_id=mailbox_id or _own(actor), text=text, urgent=False, upload_ids=[])
