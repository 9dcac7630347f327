"""Nobody reaches anything of others by any id: it is not there (S-AZ-02, S-AZ-10, S-AZ-11, S-AZ-13)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest

from app import app
from chalicelib.core import ids
from chalicelib.core.access import Member, StaffRole
from chalicelib.core.http import Route
from tests import recovering, stored, works
from tests.portal import Answer, Browser
from tests.uploading import announce, announcement, ready
from tests.world import Account, World

KEY = "one-key-for-all-tries"
OTHER_ROLES: tuple[StaffRole, ...] = ("enrollment", "helpdesk", "auditor", "plan_administrator")


class Ids(msgspec.Struct, frozen=True):
    """Every id that somebody sees on the way of one message with a file."""

    mailbox_id: str
    thread_id: str
    message_id: str
    attachment_id: str
    upload_id: str
    """One that waits."""
    work_id: str
    membership_id: str
    user_id: str
    case_id: str
    """Of the helpdesk, about her."""
    session_id: str
    draft_id: str
    report_id: str
    """Nobody's: the plan looks into all of them."""
    department_id: str
    """Likewise: the plan keeps all of them."""
    hold_id: str
    """Likewise."""
    organization_id: str
    """Likewise: the plan looks into all of them."""
    suspect_id: str
    """Likewise."""
    directory_request_id: str
    """Likewise: her administrators have those of her practice."""
    scope_id: str
    """Likewise: features are switched by the plan."""
    wave_id: str
    """Likewise."""
    nomination_id: str
    """Likewise."""
    request_id: str
    """Likewise."""


class Try(msgspec.Struct, frozen=True):
    """A request with somebody's ids in it."""

    route: Route
    path: str
    body: Any = None

    @property
    def name(self) -> str:
        return f"{self.route.method} {self.route.path}"


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


@pytest.fixture
def hers(world: World, gina: Browser) -> Ids:
    """Gina writes to Credentialing, with a file; another file waits."""
    upload = ready(gina, world.gina.mailbox)
    body = {"to": [world.credentialing.id], "subject": "Hers", "text": "Hers", "upload_ids": [upload]}
    sent = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
    waiting = announce(gina, world.gina.mailbox)["upload_id"]
    work = works.finished(world.gina).id
    return Ids(
        mailbox_id=world.gina.mailbox,
        thread_id=sent["thread_id"],
        message_id=sent["message_id"],
        attachment_id=upload,
        upload_id=waiting,
        work_id=work,
        membership_id=world.gina.mailbox,
        user_id=world.gina.user.id,
        case_id=recovering.case_about(world, world.gina),
        session_id=gina.get("/profile/sessions").json["items"][0]["id"],
        draft_id=gina.post(f"/mailboxes/{world.gina.mailbox}/drafts", {"text": "Hers"}).json["id"],
        report_id=ids.new("rpt"),
        department_id=ids.new("dep"),
        hold_id=ids.new("hld"),
        organization_id=ids.new("org"),
        suspect_id=ids.new("sus"),
        directory_request_id=ids.new("drq"),
        scope_id=ids.new("org"),
        wave_id=ids.new("wav"),
        nomination_id=ids.new("nom"),
        request_id=ids.new("nrq"),
    )


def _nobodys() -> Ids:
    kinds = ("mem", "thr", "msg", "upl", "upl", "wrk", "mem", "usr", "rca", "ses", "drf", "rpt", "dep", "hld", "org")
    return Ids(*(ids.new(kind) for kind in (*kinds, "sus", "drq", "org", "wav", "nom", "nrq")))


def _tries(known: Ids, recipient: str) -> Iterator[Try]:
    """Each route that takes an id of somebody's, with these."""
    asking = {"membership_id": known.membership_id, "access_level": "claims"}
    bodies: dict[str, Any] = {
        "POST /mailboxes/{mailbox_id}/messages": {"to": [recipient], "subject": "S", "text": "T"},
        "POST /mailboxes/{mailbox_id}/threads/{thread_id}/replies": {"message_id": known.message_id, "text": "T"},
        "PATCH /mailboxes/{mailbox_id}/messages": {"message_ids": [known.message_id], "read": True},
        "POST /mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/forward": {"to": [recipient]},
        "POST /mailboxes/{mailbox_id}/messages/{message_id}/misdirected": {"thread_id": known.thread_id},
        "POST /mailboxes/{mailbox_id}/messages/{message_id}/recall": {"thread_id": known.thread_id},
        "PUT /mailboxes/{mailbox_id}/messages/{message_id}/read": {"read": True},
        "PUT /mailboxes/{mailbox_id}/messages/{message_id}/box": {"box": "archived"},
        "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/moves": {"move": "claim"},
        "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/notes": {"text": "T"},
        "POST /legal-holds/{hold_id}/moves": {"move": "confirm"},
        "POST /reviews/{membership_id}": {"decision": "keep", "seen": "0" * 64},
        "POST /suspect-reviews/{suspect_id}/settle": {"finding": "Fine"},
        "POST /waves/{wave_id}/organizations": {"organization_ids": [ids.new("org")]},
        "POST /records/threads/{thread_id}/export": {"reason": "Why"},
        "POST /uploads": announcement(known.mailbox_id),
        "POST /staff/{user_id}/review": {"decision": "keep"},
        "POST /administrator-reviews/{organization_id}/{membership_id}": {
            "need": "review",
            "decision": "keep",
            "seen": "0" * 64,
        },
        "POST /administrator-reviews/{organization_id}/{membership_id}/withdraw": {"need": "review", "first_at": None},
        "POST /organizations/{organization_id}/changes": {"kind": "close"},
        "POST /organizations/{organization_id}/changes/{kind}/confirm": {"seen": "0" * 64},
        "POST /organizations/{organization_id}/seat": {"membership_id": known.membership_id},
        "POST /organizations/{organization_id}/nominations/{nomination_id}/verify": {
            "tin_matches": True,
            "npis_match": True,
        },
        "POST /organizations/{organization_id}/nominations/{nomination_id}/return": {"reason": "Why"},
        "POST /roster/handover": {"membership_id": known.membership_id, "former_becomes": "general_user"},
        "POST /access-requests/grant": asking,
        "POST /access-requests/dismiss": asking,
        "PUT /session/membership": {"membership_id": known.membership_id},
        "POST /reset-cases/{case_id}/confirm": {"called_phone_on_record": True},
        "PUT /phases/{scope_id}/{feature}": {"on_date": None},
    }
    for route in app.declared:
        name = f"{route.method} {route.path}"
        if "_id}" not in route.path and name not in bodies and route.path != "/recipients":
            continue
        path = route.path.format(**msgspec.structs.asdict(known), box="inbox", feature="claims", kind="close")
        if route.path == "/recipients":
            path += f"?mailbox_id={known.mailbox_id}"
        yield Try(route, path, bodies.get(name, None if route.method == "GET" else {}))


def _told(answer: Answer) -> str:
    """All of an answer but for its request id."""
    whole = json.dumps([answer.status, answer.headers, answer.cookies, answer.text], sort_keys=True)
    return whole.replace(answer.headers["x-request-id"], "…")


def _ask(browser: Browser, request: Try) -> Answer:
    headers: dict[str, str | None] = {"Idempotency-Key": KEY, "If-Match": '"0"'}
    return browser.send(request.route.method, request.path, request.body, headers)


def _asked_by(account: Account, tries: Iterable[Try]) -> list[Try]:
    """Those that the door lets them make (S-AZ-01); tests/access asks the others."""
    return [request for request in tries if any(part.fits(account.actor) for part in request.route.who.parts)]


def _outsiders(world: World) -> list[Account]:
    return [
        world.peter,
        world.member(world.birch, "Lena Specimen", role="local_administrator"),
        world.member(world.maple, "Cole Sample"),
        world.member(world.maple, "Lou Sample", role="local_administrator"),
        world.agent("Edith Fictional", world.eligibility),
        # Not an auditor, who takes any thread out for the record (test_thread_export.py).
        world.agent("Ines Fictional", world.internal, roles=("department_agent", "enrollment", "plan_administrator")),
    ]


def test_every_route_with_an_id_is_tried(world: World) -> None:
    tried = {request.name for request in _tries(_nobodys(), world.credentialing.id)}
    asked = {f"{route.method} {route.path}" for route in app.declared if "_id}" in route.path}
    in_query_or_body = {
        "GET /recipients",
        "POST /uploads",
        "POST /roster/handover",
        "POST /access-requests/grant",
        "POST /access-requests/dismiss",
        "PUT /session/membership",
    }
    assert asked | in_query_or_body == tried


def test_what_is_hers_is_not_there_for_anybody_else(world: World, hers: Ids) -> None:
    """S-AZ-02: another practice, another department, her own practice's administrator: as for ids of nobody."""
    stranger = world.browser(world.peter)
    nobodys = _asked_by(world.peter, _tries(_nobodys(), world.credentialing.id))
    told = {_told(_ask(stranger, request)) for request in nobodys}
    assert len(told) == 1
    browsers = [(outsider, world.browser(outsider)) for outsider in _outsiders(world)]
    before = stored.business()
    for outsider, browser in browsers:
        # An administrator of hers has to do with her account, and with nothing else of hers.
        theirs = isinstance(outsider.actor, Member) and outsider.actor.organization_id == world.maple.id
        not_there = _nobodys()
        known = hers
        if theirs:
            known = msgspec.structs.replace(hers, membership_id=not_there.membership_id, case_id=not_there.case_id)
        departments = msgspec.structs.replace(known, mailbox_id=world.credentialing.id)
        own = msgspec.structs.replace(known, mailbox_id=outsider.mailbox)
        tries = [*_tries(known, world.credentialing.id), *_tries(departments, world.credentialing.id)]
        tries += [request for request in _tries(own, world.credentialing.id) if _names_something_of_hers(request, hers)]
        for request in _asked_by(outsider, tries):
            answer = _ask(browser, request)
            assert answer.status == 404, (outsider.user.name, request.name, answer.text)
            assert {_told(answer)} == told, request.name
    assert stored.business() == before


def _names_something_of_hers(request: Try, hers: Ids) -> bool:
    whole = request.path + json.dumps(request.body)
    things = (hers.thread_id, hers.message_id, hers.attachment_id, hers.upload_id, hers.work_id, hers.draft_id)
    return any(id_ in whole for id_ in things)


def _is_of_messages(request: Try) -> bool:
    return request.route.path.split("/")[1] in ("mailboxes", "uploads", "recipients")


def test_an_id_that_fits_lets_nobody_take_another_for_granted(world: World, gina: Browser, hers: Ids) -> None:
    """Ids of two things of hers that don't belong together are not there either."""
    body = {"to": [world.credentialing.id], "subject": "Other", "text": "Other"}
    other = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
    path = f"/mailboxes/{hers.mailbox_id}/threads/{other['thread_id']}"
    assert gina.get(f"{path}/messages/{hers.message_id}/attachments/{hers.attachment_id}").status == 404
    assert gina.get(f"{path}/messages/{other['message_id']}/attachments/{hers.attachment_id}").status == 404
    assert gina.post(f"{path}/replies", {"message_id": hers.message_id, "text": "T"}).status == 404


def test_staff_without_a_department_see_no_messages(world: World, hers: Ids) -> None:
    """S-AZ-13: enrollment, helpdesk, auditor and plan administrator have no mailbox and no way to one."""
    for role in OTHER_ROLES:
        browser = world.browser(world.agent(f"{role} Fictional".replace("_", " "), world.credentialing, roles=(role,)))
        assert browser.get("/mailboxes").json == {"items": []}
        assert browser.get("/session").json["staff"]["roles"] == [role]
        told = set()
        for mailbox in (world.credentialing.id, ids.new("dep")):
            for request in _tries(msgspec.structs.replace(hers, mailbox_id=mailbox), world.credentialing.id):
                if not _is_of_messages(request):
                    continue
                answer = _ask(browser, request)
                assert (answer.status, answer.code) == (403, "forbidden"), request.name
                told.add(_told(answer))
        assert len(told) == 1
    refused = stored.records("request.refused")
    assert {(record.result, record.reason) for record in refused} == {("refused", "forbidden")}
    assert len({record.actor_id for record in refused}) == len(OTHER_ROLES)


def test_an_agent_sees_what_was_written_to_the_department_and_no_more(world: World, hers: Ids) -> None:
    """S-AZ-13: of a thread that goes on without the department, only its part."""
    cole = world.member(world.maple, "Cole Sample")
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    aside = gina.post(
        f"/mailboxes/{world.gina.mailbox}/messages",
        {"to": [cole.mailbox], "cc": [world.credentialing.id], "subject": "S", "text": "For both"},
    ).json
    reply = {"message_id": aside["message_id"], "text": "Between us"}
    answered = world.browser(cole).post(f"/mailboxes/{cole.mailbox}/threads/{aside['thread_id']}/replies", reply).json
    thread = ada.get(f"/mailboxes/{world.ada.mailbox}/threads/{aside['thread_id']}")
    assert [message["text"] for message in thread.json["messages"]] == ["For both"]
    for path in (f"messages/{answered['message_id']}/read", f"messages/{answered['message_id']}/box"):
        body = {"read": True} if path.endswith("read") else {"box": "archived"}
        assert ada.put(f"/mailboxes/{world.ada.mailbox}/{path}", body).status == 404
