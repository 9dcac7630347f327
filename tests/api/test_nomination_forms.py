"""The form behind the mailed link: looked at, signed once, and gone (ORG-1, S-MAIL-02, S-AUTH-08, S-IO-07)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import inviting, nominating, stored
from tests.nominating import EXECUTIVE, SIGNED
from tests.portal import Browser
from tests.world import START, Account, World

LINES = (
    "x\r\nBcc: all@people.example",
    "x\nBcc: all@people.example",
    "x\r",
    "x\x00",
    "x\u2028y",
    "x\u2029y",
    "x\x85y",
    "x\ty",
    "\u202ex",
    "x\u2066y",
    "x\u200by",
    "\ufeffx",
    " ",
    "\u2800",
    "\ud800",
)
"""What no line may hold (S-IO-05, S-IO-07)."""
ADDRESSES = (
    "Nora <nora@people.example>",
    '"nora newcomer"@people.example',
    "nora@people.example, other@people.example",
    "nora@people.example;other@people.example",
    "nora@people.example%0d%0aBcc:other@people.example",
    "=?utf-8?q?nora?=@people.example ",
    "nöra@people.example",
    "nora@[192.0.2.1]",
    "nora@people..example",
    "nora",
    "nora@",
    "@people.example",
    "nora@-people.example",
)
"""What is no address that mail can go to (S-IO-07)."""
NAMES = (
    "Nguyễn Thị Anh",
    "李小龍",
    "Müller-Lüdenscheidt",
    "O'Brien",
    "María José Carreño Quiñones",
    "Zoe\u0301 N\u0303an",
    "Dr. Ana-Sofía d’Ávila, Jr.",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
)


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment; Maple's chief executive is on record."""
    nominating.with_executive(world, world.maple)
    return nominating.enrollment(world)


@pytest.fixture
def token(world: World, enid: Account) -> str:
    """Of a link to a form that is out."""
    nominating.send(world.browser(enid), world.maple)
    return nominating.token(world, world.maple)


def _state(world: World) -> str:
    return nominating.current(world.maple).state


def test_the_form_shows_what_the_plan_knows(world: World, token: str) -> None:
    """ORG-1: pre-filled, until when, and the words to agree to in one's language."""
    shown = world.browser().post("/nomination-forms/look", {"token": token}, **{"Accept-Language": "es-MX,es;q=0.8"})
    assert shown.status == 200, shown.text
    made = shown.json
    consent = made.pop("consent")
    assert made == {
        "practice_name": "Maple Example Clinic",
        "tin": "000000001",
        "npis": ["1234567893"],
        "executive_name": "Cleo Fictional",
        "executive_email": EXECUTIVE,
        "ends_at": "2026-03-16T15:00:00Z",
        "return_reason": "",
    }
    assert consent["version"] == "1-es"
    assert consent["text"].startswith("Firmo este formulario")


def test_looking_spends_nothing_and_is_kept_once(world: World, token: str) -> None:
    """S-MAIL-02, ORG-2: ten looks, one opening at the first; no GET opens anything."""
    for method in ("GET", "HEAD"):
        assert world.browser().send(method, "/nomination-forms/look", {"token": token}).status >= 400
    assert nominating.current(world.maple).opened_at is None
    for _ in range(10):
        assert nominating.look(world, token).status == 200
        world.time.advance(seconds=1)
    assert nominating.current(world.maple).opened_at == START
    assert len(stored.records("nomination.opened")) == 1
    assert nominating.sign(world, token).status == 204


@pytest.mark.parametrize(("before_end", "status"), [(timedelta(seconds=1), 200), (timedelta(0), 410)])
def test_a_link_lives_for_fourteen_days_to_the_second(
    world: World, token: str, before_end: timedelta, status: int
) -> None:
    """ORG-1: a second before its end it can be signed; at its end, and after, neither looked at nor signed."""
    world.time.now = START + timedelta(days=14) - before_end
    assert nominating.look(world, token).status == status
    assert nominating.sign(world, token).status == (204 if status == 200 else 410)
    world.time.advance(seconds=1)
    assert nominating.look(world, token).status == 410


def test_links_that_open_nothing_are_all_the_same(world: World, token: str) -> None:
    """S-AUTH-08: unknown, meant for something else, used, of an earlier round: the same bytes but for the request."""
    other = inviting.link(world, world.gina.user.id, "password_reset")
    assert nominating.sign(world, token).status == 204
    answers = [nominating.look(world, one) for one in (token, other, "x" * 43, "x", "#" * 200)]
    assert {answer.status for answer in answers} == {410}
    told = [{name: value for name, value in answer.json.items() if name != "request_id"} for answer in answers]
    assert told == [told[0]] * 5
    assert {nominating.sign(world, one, signature="Another").status for one in (token, other, "x" * 43)} == {410}
    assert world.browser().post("/recovery/look", {"token": nominating.EXECUTIVE}).status == 410


def test_every_link_of_a_round_opens_the_form_until_it_is_signed(world: World, token: str) -> None:
    """ORG-2: a reminder's link leaves the first one alive; with the signature both have done their work."""
    second = nominating.token(world, world.maple, "reminder-7")
    assert {nominating.look(world, one).status for one in (token, second)} == {200}
    assert nominating.sign(world, token).status == 204
    assert nominating.look(world, second).code == "link_expired"
    assert nominating.sign(world, second, administrator_name="Mallory Newcomer").code == "link_expired"
    assert len(stored.records("nomination.signed")) == 1


def test_the_same_form_sent_again_is_no_error(world: World, token: str) -> None:
    """PLT-3: its answer got lost; nothing is signed twice, and anything else is refused."""
    assert nominating.sign(world, token).status == 204
    kept = nominating.current(world.maple)
    world.time.advance(seconds=30)
    assert nominating.sign(world, token).status == 204
    assert nominating.current(world.maple) == kept
    assert nominating.sign(world, token, administrator_phone="555-0100-8").code == "link_expired"


def test_every_wrong_field_is_named(world: World, token: str) -> None:
    """House rule 5: and nothing is kept of it."""
    answer = nominating.sign(
        world,
        token,
        administrator_email="nora",
        consented=False,
        consent_version="0-en",
        administrator_phone="555-0100-7",
    )
    assert (answer.status, answer.fields) == (
        422,
        {
            ("/administrator_email", "wrong_form"),
            ("/consented", "consent_required"),
            ("/consent_version", "consent_changed"),
        },
    )
    answer = world.browser().post("/nomination-forms/sign", {"token": token, "signature": "", "more": 1})
    assert answer.fields == {
        *((f"/{name}", "required") for name in SIGNED),
        ("/more", "unknown"),
    }
    assert _state(world) == "sent"


@pytest.mark.parametrize("name", ["practice_name", "administrator_name", "authority", "signature"])
def test_lines_hold_no_breaks_and_nothing_unseen(world: World, token: str, name: str) -> None:
    """S-IO-05, S-IO-07: refused, never repaired; the field is named."""
    browser = world.browser()
    for place, value in enumerate(LINES):
        world.time.advance(minutes=1)
        answer = browser.post("/nomination-forms/sign", {"token": token, **SIGNED, name: value})
        assert (answer.status, {pointer for pointer, _ in answer.fields}) == (422, {f"/{name}"}), place
    assert _state(world) == "sent"


def test_addresses_are_ones_that_mail_goes_to(world: World, token: str) -> None:
    """S-IO-07: no display names, no quoted local parts, one address."""
    for value in (*ADDRESSES, *(f"nora@people.example{line[1:]}" for line in LINES[:8])):
        world.time.advance(minutes=1)
        answer = nominating.sign(world, token, administrator_email=value)
        assert (answer.status, {pointer for pointer, _ in answer.fields}) == (422, {"/administrator_email"}), value
    assert _state(world) == "sent"


@pytest.mark.parametrize("name", NAMES)
def test_names_are_kept_as_they_are_typed(world: World, enid: Account, token: str, name: str) -> None:
    """House rule 6, ORG-1: a signature is compared with nothing; none of it is in the record."""
    typed: dict[str, Any] = dict.fromkeys(("practice_name", "administrator_name", "authority", "signature"), name)
    assert nominating.sign(world, token, **typed).status == 204
    found = nominating.current(world.maple)
    form = world.browser(enid).get(nominating.path(world.maple, found.id)).json["form"]
    assert {one: form[one] for one in typed} == typed
    assert name not in str([record.attribute_values for record in stored.records()])


@pytest.mark.parametrize("whom", ["executive", "gina", "peter", "ada", "enid"])
def test_the_executive_is_told_nothing_of_whom_they_name(world: World, enid: Account, token: str, whom: str) -> None:
    """ORG-1, S-AUTH-07: themself, a member, somebody of another practice, of the plan: one answer."""
    email = {
        "executive": EXECUTIVE,
        "gina": world.gina.user.email,
        "peter": world.peter.user.email,
        "ada": world.ada.user.email,
        "enid": enid.user.email,
    }[whom]
    answer = nominating.sign(world, token, administrator_email=email)
    assert (answer.status, answer.text) == (204, "")


def test_a_form_for_another_executive_is_none(world: World, token: str) -> None:
    """S-AUTH-08: once the executive's address on record is another one, the link to the former one opens nothing."""
    nominating.edit(world, world.maple, executive_email="another.chief@practice.example")
    assert nominating.look(world, token).code == "link_expired"
    assert nominating.sign(world, token).code == "link_expired"
    nominating.edit(world, world.maple, executive_email=EXECUTIVE.upper())
    assert nominating.sign(world, token).status == 204


def test_a_practice_that_ended_has_no_form(world: World, token: str) -> None:
    """ORG-9."""
    nominating.edit(world, world.maple, closed_at=world.time.now)
    assert nominating.look(world, token).code == "link_expired"
    assert nominating.sign(world, token).code == "link_expired"


def test_uses_of_the_form_from_one_address_are_counted(world: World, token: str) -> None:
    """S-MAIL-04, S-LIM-03: twenty in ten minutes, for known and unknown links alike."""
    statuses = {nominating.look(world, "x" * 43).status for _ in range(20)}
    assert statuses == {410}
    refused = nominating.look(world, token)
    assert (refused.status, refused.code) == (429, "too_many_attempts")
    assert {nominating.sign(world, "x" * 43).status for _ in range(20)} == {410}
    assert nominating.sign(world, token).status == 429
    world.time.advance(minutes=10)
    assert nominating.look(world, token).status == 200
    assert nominating.sign(world, token).status == 204


def test_nobody_signed_in_is_needed_and_nobody_is_told_from_another(world: World, token: str) -> None:
    """ORG-1: the executive is no user; who is signed in signs like anybody."""
    browser = Browser(world.browser(world.gina)._send)
    assert browser.post("/nomination-forms/sign", {"token": token, **SIGNED}).status == 204
    (record,) = stored.records("nomination.signed")
    assert (record.actor_kind, record.actor_id) == ("linkholder", nominating.current(world.maple).id)
