"""The list of what needs attention, fed by every feature, for everybody who has tasks (NOT-5)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.core.access import StaffRole
from chalicelib.core.waiting import FIRST, MOST
from chalicelib.messages.actions import drafts
from chalicelib.messages.domain.drafts import Contents
from tests import belongings, bouncing, delivery, recovering
from tests.desks import Desk
from tests.portal import Browser
from tests.wire import Wire
from tests.world import START, Account, World

# By kind: what whoever has the task asks to do it, or to get there.
_DONE_AT = {
    "verification_pending": "/members?status=verification_pending",
    "access_request": "/access-requests",
    "invitation_expired": "/members?attention=true",
    "one_administrator": "/roster",
    "no_backup": "/roster",
    "reset_case": "/reset-cases",
    "own_case": "/helpdesk/cases/{id}",
    "waiting_conversations": "/mailboxes/{place}/conversations/{id}",
    "misdirected": "/misdirected",
    "address_stopped": "/members/{id}",
    "staff_address_stopped": "/staff/{id}",
    "own_address_stopped": "/profile/notices",
    "legal_hold": "/legal-holds/{id}",
    "draft": "/mailboxes/{place}/drafts/{id}",
}


def tasks(browser: Browser) -> list[dict[str, Any]]:
    return list(browser.get("/attention").json["items"])


def told(browser: Browser, kind: str) -> list[tuple[str, int, bool, list[str]]]:
    """What is told of a kind: the place, how many, whether there are more, the first names."""
    return [
        (item["place"]["name"] if item["place"] else "", item["count"], item["more"], _names(item))
        for item in tasks(browser)
        if item["kind"] == kind
    ]


def _names(item: dict[str, Any]) -> list[str]:
    return [one["name"] for one in item["first"]]


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_agents_are_told_who_waits_in_their_departments(desk: Desk) -> None:
    """NOT-5, MSG-6: by department, the longest waiting first; not what a colleague has, is answered or closed."""
    world = desk.world
    sent = [desk.write(world.gina, f"Topic {number}") for number in range(8)]
    desk.move(desk.edith, sent[0], "claim")
    desk.move(desk.ada, sent[1], "claim")
    desk.reply(desk.ada, sent[2])
    desk.move(desk.ada, sent[3], "close")
    both = world.agent("Bo Fictional", desk.department, world.eligibility)
    world.write(world.gina, world.agent("Eve Fictional", world.eligibility), subject="Coverage")
    names = [f"Topic {number}" for number in (1, 4, 5, 6, 7)]
    assert told(desk.browser(desk.ada), "waiting_conversations") == [("Credentialing Team", 5, False, names)]
    assert told(world.browser(both), "waiting_conversations") == [
        ("Credentialing Team", 4, False, names[1:]),
        ("Eligibility and Enrollment Team", 1, False, ["Coverage"]),
    ]
    (item,) = tasks(desk.browser(desk.ada))
    assert item["place"]["id"] == desk.department.id
    assert item["first"][0]["id"] == sent[1]["thread_id"]
    assert item["first"][0]["since"] == "2026-03-02T15:02:00Z"


@pytest.mark.parametrize("role", ["enrollment", "helpdesk", "auditor", "plan_administrator"])
def test_no_subject_gets_out_of_a_department(desk: Desk, role: StaffRole) -> None:
    """NOT-5, S-AZ-13: not to other departments, other roles of the plan, nor other practices."""
    world = desk.world
    got = desk.write(world.gina, "canary")
    belongings.reported(world.ada, got)
    others = (
        world.agent("Eve Fictional", world.eligibility),
        world.agent("Rolf Fictional", roles=(role,)),
        world.peter,
        world.member(world.maple, "Lou Placeholder", role="local_administrator"),
    )
    for account in others:
        assert "canary" not in world.browser(account).get("/attention").text
    assert "canary" in desk.browser(desk.ada).get("/attention").text


def test_a_department_without_end_is_counted_so_far(desk: Desk, wire: Wire) -> None:
    """NOT-5: a query each, fewer rows of many; "more" is told, also where a colleague has all that were looked at."""
    world = desk.world
    teams = [desk.department, *(world.department(f"Team {number:02}") for number in range(30))]
    sent = [desk.write(world.gina, f"Topic {number}") for number in range(FIRST + 2)]
    browser = world.browser(world.agent("Mo Fictional", *teams))
    wire.forget()
    names = [f"Topic {number}" for number in range(FIRST)]
    assert told(browser, "waiting_conversations") == [("Credentialing Team", FIRST, True, names)]
    assert wire.operations.count("Query") == len(teams)
    assert sum(call.items for call in wire.calls) < MOST
    for each in sent[:FIRST]:
        assert desk.move(desk.edith, each, "claim").status == 200
    assert told(browser, "waiting_conversations") == [("Credentialing Team", 0, True, [])]


def test_drafts_that_were_left(world: World, wire: Wire) -> None:
    """NOT-5, MSG-2: one's own, begun more than a day ago, by mailbox; few are read, as they are large."""
    bo = world.agent("Bo Fictional", world.credentialing, world.eligibility)
    for account, mailbox, number in (
        (world.gina, world.gina.mailbox, 7),
        (bo, world.credentialing.id, 1),
        (bo, world.eligibility.id, 1),
    ):
        for each in range(number):
            drafts.begin(
                account.actor, mailbox, Contents(subject=f"Draft {each}", text="T"), START + timedelta(seconds=each)
            )
    assert told(world.browser(world.gina), "draft") == []
    world.time.advance(hours=24, minutes=1)
    gina = world.browser(world.gina)
    wire.forget()
    assert told(gina, "draft") == [("", FIRST, True, [f"Draft {number}" for number in range(FIRST)])]
    # Who it is, whether they get mail and whether their sign-in seems shared; which mailboxes have drafts, and those.
    assert wire.operations == ["GetItem", "BatchGetItem", "BatchGetItem", "GetItem", "BatchGetItem", "Query"]
    assert sum(call.items for call in wire.calls) == 5 + 1 + FIRST + 1
    assert told(world.browser(bo), "draft") == [
        ("Credentialing Team", 1, False, ["Draft 0"]),
        ("Eligibility and Enrollment Team", 1, False, ["Draft 0"]),
    ]
    for account in (world.ada, world.peter, world.member(world.maple, "Cole Sample")):
        assert told(world.browser(account), "draft") == []


def test_the_plan_is_told_of_reports_until_one_is_closed(world: World) -> None:
    """NOT-5, MSG-5: for plan administrators, who close them; an auditor reads them and has nothing to do."""
    got = world.write(world.gina, world.ada, subject="canary")
    report = belongings.reported(world.ada, got)
    paula = world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))
    assert told(paula, "misdirected") == [("", 1, False, ["Ada Fictional"])]
    assert tasks(world.browser(world.agent("Al Fictional", roles=("auditor",)))) == []
    assert paula.post(f"/misdirected/{report}/close", {"comment": "Done"}).status == 200
    assert told(paula, "misdirected") == []


def test_the_helpdesk_follows_up_what_it_opened(world: World) -> None:
    """NOT-5, CRD-5: until somebody confirms it; each their own."""
    hela, hugo = (world.browser(world.agent(f"{name} Fictional", roles=("helpdesk",))) for name in ("Hela", "Hugo"))
    case = recovering.opens(hela, world.gina).json["id"]
    assert told(hela, "own_case") == [("", 1, False, ["Gina Sample"])]
    assert tasks(hugo) == []
    lou = world.browser(world.member(world.maple, "Lou Placeholder", role="local_administrator"))
    assert recovering.confirms(lou, case).status == 200
    assert tasks(hela) == []


def test_whom_no_mail_reaches(world: World) -> None:
    """NOT-4, NOT-5: told to themselves, and to those who administer them; not any more once it is tried again."""
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator")
    pia = world.agent("Pia Fictional", roles=("plan_administrator",))
    for account in (world.gina, lou, world.ada, pia):
        bouncing.stop(account, world.time.now)
    for _ in range(2):
        delivery.settle()
    chief, head = world.browser(lou), world.browser(pia)
    assert told(chief, "address_stopped") == [("", 1, False, ["Gina Sample"])]
    assert told(head, "staff_address_stopped") == [("", 1, False, ["Ada Fictional"])]
    for browser in (chief, head, world.browser(world.gina), world.browser(world.ada)):
        assert told(browser, "own_address_stopped") == [("", 1, False, [])]
    for account in (world.peter, world.member(world.birch, "Lena Specimen", role="local_administrator")):
        assert not {"address_stopped", "own_address_stopped"} & {item["kind"] for item in tasks(world.browser(account))}
    assert chief.post(f"/members/{world.gina.mailbox}/stops/mend", {}).status == 204
    assert head.post("/profile/notices/stops/mend", {"address": pia.user.email}).status == 204
    delivery.settle()
    assert told(chief, "address_stopped") == told(world.browser(world.gina), "own_address_stopped") == []
    assert told(head, "own_address_stopped") == []
    assert told(head, "staff_address_stopped") == [("", 1, False, ["Ada Fictional"])]


def test_a_legal_hold_waits_for_whoever_may_confirm_it(world: World) -> None:
    """NOT-5, MSG-10: of the other role, and not who asked; setting it and lifting it."""
    pia, al = (
        world.agent("Pia Fictional", roles=("plan_administrator",)),
        world.agent("Al Fictional", roles=("auditor",)),
    )
    both = world.agent("Bo Fictional", roles=("plan_administrator", "auditor"))
    of_pia, of_al, of_both = (world.browser(account) for account in (pia, al, both))
    body = {"subject": {"kind": "organization", "id": world.maple.id}, "reason": "canary"}
    hold = of_pia.post("/legal-holds", body).json
    named = [("", 1, False, ["Pia Fictional"])]
    assert [told(browser, "legal_hold") for browser in (of_pia, of_al, of_both)] == [[], named, named]
    assert "canary" not in of_al.get("/attention").text

    def move(browser: Browser, move: str, **more: str) -> None:
        path = f"/legal-holds/{hold['id']}"
        version = browser.get(path).json["version"]
        answer = browser.send("POST", f"{path}/moves", {"move": move, **more}, {"If-Match": f'"{version}"'})
        assert answer.status == 200, answer.text

    move(of_al, "confirm")
    assert [told(browser, "legal_hold") for browser in (of_pia, of_al, of_both)] == [[], [], []]
    move(of_both, "ask_to_lift", reason="Over")
    assert [len(told(browser, "legal_hold")) for browser in (of_pia, of_al, of_both)] == [1, 1, 0]


def test_nobody_sees_a_task_that_they_cannot_do(world: World) -> None:
    """NOT-5: with all kinds of tasks around, everybody is let in where theirs are done."""
    got = world.write(world.gina, world.ada, subject="S")
    belongings.reported(world.ada, got)
    world.member(world.maple, "Pat Placeholder", status="verification_pending")
    world.member(world.maple, "Ian Placeholder", status="unverified")
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator")
    world.browser(world.gina).post("/access-requests", {"access_level": "claims"})
    hela = world.agent("Hela Fictional", roles=("helpdesk",))
    for about in (world.gina, world.member(world.birch, "Sue Specimen")):
        assert recovering.opens(world.browser(hela), about).status == 201
    assert recovering.opens(world.browser(hela), world.ada, membership_id=None).status == 201
    bouncing.stop(world.gina, world.time.now)
    bouncing.stop(world.ada, world.time.now)
    subject = {"subject": {"kind": "organization", "id": world.maple.id}, "reason": "R"}
    pia = world.browser(world.agent("Pia Fictional", roles=("plan_administrator",)))
    assert pia.post("/legal-holds", subject).status == 201
    delivery.settle()
    for account in (world.gina, world.ada, lou):
        drafts.begin(account.actor, account.mailbox, Contents(subject="S"), START)
    world.time.advance(hours=25)
    others = [world.agent(f"Rolf {role}", roles=(role,)) for role in ("enrollment", "auditor", "plan_administrator")]
    kinds = {account.user.name: _reached(world, account) for account in (world.gina, world.ada, lou, hela, *others)}
    assert kinds == {
        "Gina Sample": {"draft", "own_address_stopped"},
        "Ada Fictional": {"waiting_conversations", "draft", "own_address_stopped"},
        "Lou Placeholder": {
            *("verification_pending", "access_request", "invitation_expired", "reset_case", "draft"),
            "address_stopped",
            *("one_administrator", "no_backup"),
        },
        "Hela Fictional": {"own_case"},
        "Rolf enrollment": {"reset_case"},
        "Rolf auditor": {"legal_hold"},
        "Rolf plan_administrator": {"reset_case", "misdirected", "staff_address_stopped"},
    }


def _reached(world: World, account: Account) -> set[str]:
    """The kinds that somebody is told of, each asked for at the address where it is done."""
    browser = world.browser(account)
    found = tasks(browser)
    for item in found:
        for one in item["first"] or [{"id": ""}]:
            place = item["place"]["id"] if item["place"] else ""
            answer = browser.get(_DONE_AT[item["kind"]].format(place=place, id=one["id"]))
            assert answer.status == 200, (item["kind"], answer.text)
    return {item["kind"] for item in found}
