"""The plan's own people: a plan administrator, and somebody of the staff for each thing that they do."""

from typing import Any

from bench.long_works import Values
from chalicelib.accounts.routes.staff import PAGE
from chalicelib.core import ids
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.retention.actions import holding
from chalicelib.retention.domain import Certificate
from chalicelib.retention.domain.holds import Subject
from chalicelib.retention.store import certificates
from tests import asked_by_directory, bouncing, nominating, two_changes, two_of_plan, vacant_seats
from tests.asked_of_waves import NEW, planned_wave
from tests.belongings import reported, suspected
from tests.portal import Browser
from tests.world import Account, World


def administrator(world: World) -> Account:
    """A plan administrator; the plan has more staff than a page shows."""
    for _ in range(PAGE):
        world.agent(f"Staff Sample {world.number()}", world.eligibility)
    return world.agent("Pia Fictional", roles=("plan_administrator",))


def of_administrator(world: World, browser: Browser) -> Values:
    """Whom to do it to, by route; each change has somebody of its own."""
    shown, disabled = agent(world), agent(world)
    answer = browser.send("POST", f"/staff/{disabled.user.id}/disable", {"comment": "Left."}, {"If-Match": '"0"'})
    assert answer.status == 200, answer.text
    about = "/staff/{user_id}"
    created = _new(world, "Newt Fictional")
    invited = browser.post("/staff", _new(world, "Ivo Fictional")).json["id"]
    moved = {"roles": ["department_agent"], "departments": [world.credentialing.id], "comment": "Moved."}
    return {
        **_reports(world),
        **_kept(world),
        **asked_by_directory.good_values(world),
        "GET /review-overview/{organization_id}": {"organization_id": world.maple.id},
        "POST /review-calls": {"organization_ids": [world.birch.id], "by": "2026-03-20"},
        "POST /suspect-reviews/{suspect_id}/settle": {"suspect_id": suspected(world, world.gina)},
        "POST /departments": {"name": "Network Team", "category": "Network"},
        "PATCH /departments/{department_id}": {
            "department_id": world.internal.id,
            "name": "Audit",
            "active": False,
            "version": 0,
        },
        "GET /staff": {"search": ""},
        "POST /staff": created,
        f"GET {about}": _target(shown),
        f"GET {about}/history": _target(disabled),
        f"PATCH {about}": _target(agent(world), **moved),
        f"POST {about}/enable": {"user_id": disabled.user.id, "version": 1},
        f"POST {about}/disable": _target(agent(world), comment="Left."),
        f"POST {about}/review": _target(agent(world), decision="keep"),
        f"POST {about}/registration-email": {"user_id": invited},
        f"POST {about}/password-reset-email": _target(agent(world)),
        f"POST {about}/stops/mend": _target(bouncing.stop(agent(world), world.time.now)),
    }


def _reports(world: World) -> Values:
    """More messages that came in error than a page shows, from department to department."""
    writer = world.agent(f"Zoe Fictional {world.number()}", world.internal)
    browser = world.browser(writer)
    body = {"to": [world.ada.mailbox], "subject": "S", "text": "T"}
    sent = [browser.post(f"/mailboxes/{writer.mailbox}/messages", body).json for _ in range(PAGE + 1)]
    reports = [reported(world.ada, one) for one in sent]
    return {
        "GET /misdirected": {"state": "open"},
        "POST /misdirected/{report_id}/close": {"report_id": reports[0]},
    }


def of_enrollment(world: World) -> Values:
    """Administrators of practices of their own, about one of whom nobody has decided yet."""
    one = "/administrator-reviews/{organization_id}/{membership_id}"
    return {
        f"POST {one}": {**two_of_plan.good_decision(world), "version": 0},
        f"POST {one}/withdraw": two_of_plan.first_decided(world),
        "GET /organizations/{organization_id}/review-decisions": {"organization_id": world.maple.id},
        **_waves(world),
        **nominating.of_enrollment(world),
        **two_changes.good_values(world),
        "GET /organizations/{organization_id}/seat": {"organization_id": world.maple.id},
        "POST /organizations/{organization_id}/seat": vacant_seats.good_approval(world),
        "POST /organizations/{organization_id}/invitations/{membership_id}": vacant_seats.good_invitation(world),
    }


def _waves(world: World) -> Values:
    """More waves than a page shows."""
    waves = [planned_wave(world).id for _ in range(PAGE + 1)]
    return {
        "POST /waves": dict(NEW),
        "GET /waves/{wave_id}": {"wave_id": waves[0]},
        "PATCH /waves/{wave_id}": {"wave_id": waves[1], "version": 1, "end_on": "2026-06-01", "name": "Summer wave"},
        "GET /waves/{wave_id}/organizations": {"wave_id": waves[0]},
        "POST /waves/{wave_id}/organizations": {"wave_id": waves[0], "organization_ids": [world.birch.id]},
    }


def of_auditor(world: World) -> Values:
    """The thread that is taken out for the record."""
    sent = world.write(world.agent(f"Zoe Fictional {world.number()}", world.internal), world.ada)
    return {
        "POST /records/threads/{thread_id}/export": {"thread_id": sent["thread_id"]},
        "GET /organizations/{organization_id}/review-decisions": {"organization_id": world.maple.id},
    }


def _kept(world: World) -> Values:
    """More holds and certificates than a page shows; one of the holds waits for a plan administrator."""
    auditor = world.agent("Alma Fictional", roles=("auditor",)).actor
    assert isinstance(auditor, Staff)
    subject = Subject("user", world.gina.user.id)
    holds = [holding.ask(auditor, subject, "Why", world.time.now).id for _ in range(PAGE + 1)]
    deleting = Change(system("bench"), Entry(action="bench.deleted"), world.time.now)
    for _ in range(PAGE + 1):
        certificates.add(deleting, _certificate(world))
    deleting.commit(None)
    return {
        "POST /legal-holds": {"subject": {"kind": "user", "id": world.gina.user.id}},
        "GET /legal-holds/{hold_id}": {"hold_id": holds[0]},
        "POST /legal-holds/{hold_id}/moves": {"hold_id": holds[0], "move": "confirm", "version": 0},
    }


def _certificate(world: World) -> Certificate:
    return Certificate(
        id=ids.sortable("del", world.time.now),
        kind="message",
        object_id=ids.new("msg"),
        thread_id=ids.new("thr"),
        organization_id=world.maple.id,
        kept_from=world.time.now,
        deleted_at=world.time.now,
        years=10,
        sha256="0" * 64,
        mailboxes=1,
    )


def agent(world: World) -> Account:
    """Somebody of the plan's staff, for one thing alone."""
    return world.agent(f"Zed Fictional {world.number()}", world.eligibility)


def _new(world: World, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "email": f"{name.lower().replace(' ', '.')}@people.example",
        "phone": "555-0100-9",
        "roles": ["department_agent"],
        "departments": [world.eligibility.id],
    }


def _target(account: Account, **values: Any) -> dict[str, Any]:
    """One of the staff whose history has no entry yet."""
    return {"user_id": account.user.id, "version": 0, **values}
