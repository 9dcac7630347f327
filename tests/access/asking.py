"""How each route is asked so that its answer tells who may, and as good as nothing changes.

A refusal is known by its status and code. That somebody may ("yes") is known by the answer alone: the route did its
work (200 to 204), or it found something that it looks for only after who asks and whose thing it is: an old version
(412 of the edits), a field that the action refuses (422), a state that doesn't fit (409), a link that ended (410).
"""

import contextlib
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.core import tables
from chalicelib.core.http import Route
from tests import inviting, moto_engine, nominating, recovering, stored
from tests.access import matrix
from tests.access.matrix import Line, Matrix
from tests.access.people import People, Person
from tests.belongings import Things
from tests.portal import Answer

NOBODY = "dep_" + "0" * 26


class Ask(msgspec.Struct, frozen=True):
    """What is sent to a route besides its path, and how its `yes` looks; `{…}` are ids of things."""

    body: Any = None
    query: str = ""
    yes: tuple[tuple[int, str], ...] = ()
    """Status and code of refusals that come only to somebody who may; without any, it is done."""
    names: dict[str, str] = {}
    """Places of the path that go by another name among the things."""
    buckets: bool = False
    """Whether the route needs a bucket or a key: they are put there for it, since standing in slows every call."""


_NEW = {"name": "New Person", "email": "no address", "phone": "555-010-0100"}
_WRONG = ((422, "invalid"),)
_EXPIRED = ((410, "link_expired"),)
_ASSESSMENTS = {"access_level": "assessments"}
_ASKED: dict[str, Ask] = {
    "POST /registrations": Ask({**_NEW, "email": "new.person@people.example", "tin": "99-9999999"}),
    "POST /registrations/look": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /registrations/factor": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /registrations/complete": Ask(
        {"token": "unknown", "name": "New Person", "password": "Quiet-Harbor-28", "accept_terms": True}
        | inviting.ANSWERS,
        yes=_EXPIRED,
    ),
    "POST /password-resets": Ask({"email": "{number}@people.example"}),
    "POST /recovery/look": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /recovery/answers": Ask({"token": "unknown", "answers": ["one answer", "another"]}, yes=_EXPIRED),
    "POST /recovery/factor": Ask({"token": "unknown", "code": "123456"}, yes=_EXPIRED),
    "POST /recovery/password": Ask({"token": "unknown", "password": "Quiet-Harbor-28"}, yes=_EXPIRED),
    "POST /set-up/look": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /set-up/factor": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /set-up/complete": Ask(
        {"token": "unknown", "password": "Quiet-Harbor-28", "questions": recovering.QUESTIONS}, yes=_EXPIRED
    ),
    "POST /helpdesk/people": Ask({"email": "{number}@people.example"}),
    # Everybody has a case already, and a member's would say of which organization.
    "POST /helpdesk/cases": Ask(
        {"user_id": "{user_id}", "caller": "Somebody", "reason": "Why"}, yes=((409, "case_open"), (422, "invalid"))
    ),
    "POST /reset-cases/{case_id}/confirm": Ask({"called_phone_on_record": True}),
    "POST /session": Ask({"email": "{number}@people.example", "password": "x"}, yes=((401, "sign_in_failed"),)),
    "POST /session/factor": Ask({"code": "000000"}),
    "POST /session/proof": Ask({"password": "x"}, yes=_WRONG),
    "PUT /session/membership": Ask({"membership_id": "{membership_id}"}),
    "PATCH /profile": Ask({}),
    "POST /profile/factor": Ask(buckets=True),
    "POST /profile/email": Ask({"email": "no address"}, yes=_WRONG),
    "POST /email-confirmations": Ask({"token": "unknown"}, yes=_EXPIRED),
    "PUT /profile/notices": Ask({"channels": {}}),
    "PUT /profile/notices/address": Ask({"email": "no address"}, yes=_WRONG),
    "POST /profile/notices/stops/mend": Ask({"address": "no address"}, yes=_WRONG),
    "POST /notice-address-confirmations": Ask({"token": "unknown"}, yes=_EXPIRED),
    "PUT /profile/password": Ask({"current": "Wrong-Guess-1", "password": "Quiet-Harbor-28"}, yes=_WRONG),
    "PUT /profile/questions": Ask({"questions": [{"question": "first_pet", "answer": "Rex"}] * 3}, yes=_WRONG),
    "POST /profile/factor/confirmation": Ask({"code": ""}, yes=_WRONG),
    "DELETE /profile/factor": Ask({"code": "000000"}, yes=((409, "no_factor"),)),
    "POST /profile/recovery-codes": Ask(yes=((409, "no_factor"),)),
    # Of nobody, so that everybody stays signed in; tests/api/test_own_sessions.py asks for others'.
    "DELETE /profile/sessions/{session_id}": Ask(yes=((404, "not_found"),)),
    "POST /members": Ask(_NEW, yes=_WRONG),
    "PATCH /members/{membership_id}": Ask({}),
    "POST /members/{membership_id}/enable": Ask({}),
    "POST /members/{membership_id}/disable": Ask({}),
    "POST /members/{membership_id}/reject": Ask({}),
    "POST /members/{membership_id}/remove": Ask({}),
    "POST /members/{membership_id}/registration-email": Ask(yes=((409, "status_active"),)),
    "POST /reviews/{membership_id}": Ask({"decision": "keep", "seen": "0" * 64}),
    # It is done once, by whoever comes first.
    "POST /suspect-reviews/{suspect_id}/settle": Ask({"finding": "Fine"}, yes=((200, ""), (409, "review_settled"))),
    "POST /review-calls": Ask({"organization_ids": None, "by": "2000-01-01"}, yes=_WRONG),
    "POST /members/exports": Ask({}),
    "POST /member-imports": Ask({"size": 4, "sha256": "no digest"}, yes=_WRONG),
    "GET /member-imports/{work_id}/problems": Ask(names={"work_id": "import_id"}),
    "POST /member-imports/{work_id}/run": Ask(yes=((409, "import_not_checked"),), names={"work_id": "import_id"}),
    "POST /waves": Ask({"name": "Wave", "send_on": "2000-01-01", "end_on": "2000-02-01"}, yes=_WRONG),
    "PATCH /waves/{wave_id}": Ask({}),
    "POST /waves/{wave_id}/organizations": Ask({"organization_ids": [NOBODY.replace("dep", "org")]}, yes=_WRONG),
    "POST /organization-imports": Ask({"size": 4, "sha256": "no digest"}, yes=_WRONG),
    "GET /organization-imports/{work_id}/problems": Ask(names={"work_id": "organization_import_id"}),
    "POST /organization-imports/{work_id}/run": Ask(
        yes=((409, "import_not_checked"),), names={"work_id": "organization_import_id"}
    ),
    # Somebody disabled can't get the seat, and it stays where it is.
    "POST /roster/handover": Ask(
        {"membership_id": "{successor_id}", "former_becomes": "general_user"}, yes=((409, "status_disabled"),)
    ),
    "POST /access-requests": Ask({"access_level": "manage_account"}, yes=_WRONG),
    "POST /access-requests/grant": Ask({"membership_id": "{membership_id}", **_ASSESSMENTS}, yes=_WRONG),
    "POST /access-requests/dismiss": Ask({"membership_id": "{membership_id}", **_ASSESSMENTS}),
    "PUT /plan/contacts": Ask({"contacts": []}),
    "POST /directory": Ask({"tin": "99-9999999"}),
    "POST /directory/requests": Ask({**_NEW, "email": "new.person@people.example", "tin": "99-9999999"}),
    "GET /phases": Ask(query="?scope=wave"),
    "PUT /phases/{scope_id}/{feature}": Ask({"on_date": None}),
    "POST /departments": Ask({"name": "Team {number}", "category": "Plan", "audience": "nobody"}, yes=_WRONG),
    "PATCH /departments/{department_id}": Ask({}),
    "POST /staff": Ask({**_NEW, "roles": ["auditor"]}, yes=_WRONG),
    "PATCH /staff/{user_id}": Ask({}),
    "POST /staff/{user_id}/enable": Ask({}),
    "POST /staff/{user_id}/disable": Ask({}),
    "POST /staff/{user_id}/review": Ask({"decision": "keep"}),
    "POST /administrator-reviews/{organization_id}/{membership_id}": Ask(
        {"need": "review", "decision": "keep", "seen": "0" * 64}
    ),
    # Its seat is taken.
    "POST /organizations": Ask({"name": "New Practice", "tin": "000000000"}, yes=_WRONG),
    "PATCH /organizations/{organization_id}": Ask({}),
    "POST /organizations/{organization_id}/changes": Ask({"kind": "tin", "tin": "000000000"}, yes=_WRONG),
    # Nobody has proposed anything.
    "POST /organizations/{organization_id}/changes/{kind}/confirm": Ask({"seen": "0" * 64}, yes=((404, "not_found"),)),
    "DELETE /organizations/{organization_id}/changes/{kind}": Ask(yes=((404, "not_found"),)),
    "POST /organizations/{organization_id}/seat": Ask({"membership_id": "{membership_id}"}, yes=((409, "seat_taken"),)),
    # A general user is invited by their own administrators.
    "POST /organizations/{organization_id}/invitations/{membership_id}": Ask(yes=((404, "not_found"),)),
    # Nobody has decided anything that could be taken back.
    "POST /administrator-reviews/{organization_id}/{membership_id}/withdraw": Ask(
        {"need": "review", "first_at": None}, yes=((404, "not_found"),)
    ),
    "POST /nomination-forms/look": Ask({"token": "unknown"}, yes=_EXPIRED),
    "POST /nomination-forms/sign": Ask({**nominating.SIGNED, "token": "unknown"}, yes=_EXPIRED),
    "POST /nomination-requests": Ask(nominating.REQUESTED),
    # A signed one waits.
    "POST /organizations/{organization_id}/nominations": Ask(
        yes=((409, "nomination_open"), (409, "executive_unknown"))
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/verify": Ask(
        {"tin_matches": True, "npis_match": True}
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/approve": Ask({}),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/return": Ask({"reason": "Why"}),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/print": Ask({}),
    "POST /nomination-requests/{request_id}/settle": Ask({}),
    "POST /staff/{user_id}/registration-email": Ask(yes=((409, "status_active"),)),
    "POST /uploads": Ask(
        {"mailbox_id": "{mailbox_id}", "file_name": "f.pdf", "content_type": "x", "size": 0, "sha256": ""}, yes=_WRONG
    ),
    "POST /uploads/{upload_id}/finalize": Ask(yes=((409, "upload_missing"),), buckets=True),
    "GET /recipients": Ask(query="?mailbox_id={mailbox_id}"),
    "POST /mailboxes/{mailbox_id}/messages": Ask({"to": [NOBODY], "subject": "S", "text": "T"}, yes=_WRONG),
    "POST /mailboxes/{mailbox_id}/threads/{thread_id}/replies": Ask(
        {"message_id": "{message_id}", "text": "T", "upload_ids": [NOBODY.replace("dep", "upl")]}, yes=_WRONG
    ),
    "PATCH /mailboxes/{mailbox_id}/messages": Ask({"message_ids": ["{message_id}"], "read": True}),
    "POST /mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/forward": Ask({"to": []}, yes=_WRONG),
    "GET /mailboxes/{mailbox_id}/messages/{message_id}/receipts": Ask(names={"message_id": "sent_id"}),
    "POST /mailboxes/{mailbox_id}/messages/{message_id}/misdirected": Ask({"thread_id": "{thread_id}"}),
    "POST /mailboxes/{mailbox_id}/messages/{message_id}/recall": Ask(
        {"thread_id": "{sent_thread_id}"}, names={"message_id": "sent_message_id"}
    ),
    "POST /mailboxes/{mailbox_id}/drafts": Ask({}),
    "PUT /mailboxes/{mailbox_id}/drafts/{draft_id}": Ask({}),
    "POST /misdirected/{report_id}/close": Ask({}),
    "POST /legal-holds": Ask({"subject": {"kind": "thread", "id": NOBODY}, "reason": "Why"}, yes=_WRONG),
    "POST /legal-holds/{hold_id}/moves": Ask({"move": "keep"}),
    "POST /records/threads/{thread_id}/export": Ask({"reason": "Why"}),
    "POST /broadcasts": Ask(
        {"mailbox_id": "{mailbox_id}", "to": "everybody", "tins": [], "subject": "S", "text": "T"}, yes=_WRONG
    ),
    "GET /broadcasts/{work_id}/skipped": Ask(names={"work_id": "broadcast_id"}),
    "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/moves": Ask({"move": "claim"}),
    "POST /mailboxes/{mailbox_id}/conversations/{thread_id}/notes": Ask({"text": "T"}),
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/read": Ask({"read": True}),
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/box": Ask({"box": "inbox"}),
}


def asked(route: Route) -> Ask:
    """How a route is asked: as above, else with nothing but its path; edits with a version that is long gone."""
    ask = _ASKED.get(matrix.name(route), Ask())
    return msgspec.structs.replace(ask, yes=((412, "stale"),)) if route.edits else ask


def named(route: Route) -> frozenset[str]:
    """What a request to a route names of anybody's: in its path, query and body."""
    ask = asked(route)
    found = re.findall(r"\{(\w+)\}", route.path + ask.query + json.dumps(ask.body))
    return frozenset(ask.names.get(name, name) for name in found) - {
        "box",
        "access_level",
        "number",
        "session_id",
        "scope_id",
        "feature",
        "kind",
    }


def faults(route: Route, line: Line, found: Matrix, people: People, *roles: str) -> list[str]:
    """Every cell of a line (of some roles) asked of the route, and what is answered otherwise.

    Refusals come first and change nothing. Whoever is refused in one way is told the same every time, byte for byte but
    for the request id: not there, or not theirs (house rule 7).
    """
    cells = [
        (role, column, line.word(role, column)) for role in roles or found.roles for column in _columns(route, line)
    ]
    with moto_engine.beside_tables() if asked(route).buckets else contextlib.nullcontext():
        wrong = _refusals(route, [cell for cell in cells if cell[2] != "yes"], found, people)
        for role, column, word in [cell for cell in cells if cell[2] == "yes"]:
            (answer,) = _answers(route, people, people.by_role[role], column)
            if not _is_yes(route, answer):
                wrong.append(_told(role, column, word, answer))
    return wrong


def _refusals(route: Route, cells: list[tuple[str, str, str]], found: Matrix, people: People) -> list[str]:
    wrong: list[str] = []
    told: dict[tuple[str, str], set[str]] = {}
    _restore(route, people)
    before = _business() if route.method != "GET" else []
    for role, column, word in cells:
        from_own = column in matrix.THINGS[1:] and word not in matrix.AT_THE_DOOR
        for answer in _answers(route, people, people.by_role[role], column, from_own=from_own):
            if (answer.status, _code(answer)) != (found.words[word].status, found.words[word].code):
                wrong.append(_told(role, column, word, answer))
            told.setdefault((role, word), set()).add(_whole(answer))
    wrong += [f"{role}: {word} is told in {len(all_)} ways" for (role, word), all_ in told.items() if len(all_) > 1]
    if before and _business() != before:
        wrong.append("a refusal changed something")
    return wrong


def _is_yes(route: Route, answer: Answer) -> bool:
    yes = asked(route).yes
    return (answer.status, _code(answer)) in yes if yes else 200 <= answer.status < 300


def _columns(route: Route, line: Line) -> tuple[str, ...]:
    """Whose things a route is asked for: also where the file has one word for all of them."""
    if "{access_level}" in route.path:
        return matrix.LEVELS
    return matrix.THINGS if named(route) else ("",)


def _answers(route: Route, people: People, person: Person, column: str, *, from_own: bool = False) -> Iterator[Answer]:
    """What somebody is answered in a column; `from_own` also for things of others by way of their own mailbox."""
    things = person.things.get(column, {})
    yield _ask(route, people, person, things, column)
    if from_own and "mailbox_id" in named(route) and len(named(route)) > 1:
        yield _ask(route, people, person, {**things, "mailbox_id": person.things["own"]["mailbox_id"]}, column)


def _ask(route: Route, people: People, person: Person, things: Things, column: str) -> Answer:
    ask = asked(route)
    administrates = person.role in ("backup_administrator", "local_administrator")
    level = ("manage_account" if administrates else "claims") if column == "held" else "authorizations"
    values = {**things, "box": "inbox", "access_level": level, "number": str(people.world.number())}
    values |= {"session_id": "AAAAAAAAAAAA", "scope_id": "plan", "feature": "claims", "kind": "close"}
    path = route.path.format(
        **{**values, **{place: values[name] for place, name in ask.names.items() if name in values}}
    )
    headers: dict[str, str | None] = {"Idempotency-Key": uuid.uuid4().hex} if route.creates else {}
    if route.edits:
        headers["If-Match"] = '"999"'
    _restore(route, people)
    session = person.keep_session() if route.path.startswith("/session") and route.method != "GET" else None
    answer = person.browser.send(route.method, path + ask.query.format(**values), _filled(ask.body, values), headers)
    people.touched |= route.method != "GET" and answer.status < 400
    if session is not None:
        session.save()
    return answer


def _restore(route: Route, people: People) -> None:
    if (
        route.path.startswith(
            ("/access-requests/", "/helpdesk/", "/reset-cases/", "/directory-requests/", "/nomination-requests/")
        )
        or "{draft_id}" in route.path
    ):
        people.restore()


def _filled(body: Any, values: Things) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, values) for name, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, values) for value in body]
    return body.format(**values) if isinstance(body, str) else body


def _business() -> list[str]:
    """All that is stored but for the journal: the clock stands still, so that sessions are no exception."""
    kept = [table for table in tables.TABLES if table is not tables.JournalRow]
    return sorted(json.dumps(item, sort_keys=True) for table in kept for item in stored.unread(table))


def _code(answer: Answer) -> str:
    return answer.code if answer.headers["content-type"] == "application/problem+json" else ""


def _whole(answer: Answer) -> str:
    whole = json.dumps([answer.status, answer.headers, answer.cookies, answer.text], sort_keys=True)
    return whole.replace(answer.headers["x-request-id"], "…")


def _told(role: str, column: str, word: str, answer: Answer) -> str:
    return f"{role} {column}: {word} was expected, {answer.status} {answer.text[:120]} came"
