"""Nominations over HTTP: sent, signed, verified, returned, approved, withdrawn (ORG-1, ORG-4, S-AZ-06, S-AZ-07)."""

import io
from datetime import timedelta

import pytest
import requests
from pypdf import PdfReader

from chalicelib.accounts.store import rosters
from chalicelib.core.access import Staff
from chalicelib.core.errors import Conflict
from chalicelib.enrollment.actions import nominations
from chalicelib.organizations import store as organizations
from tests import later, nominating, stored, works
from tests.nominating import EXECUTIVE
from tests.portal import Browser
from tests.world import Account, World

NORA = "nora.newcomer@people.example"


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment; Maple's chief executive is on record."""
    nominating.with_executive(world, world.maple)
    return nominating.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    """Her browser."""
    return world.browser(enid)


def test_the_whole_way_of_a_first_administrator(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, ORG-7: sent, opened, signed, verified, approved; the administrator is invited with the levels granted."""
    nominating.edit(world, world.maple, tin_verified=False)
    id_ = nominating.send(desk, world.maple)
    (listed,) = desk.get("/nominations", state="out").json["items"]
    assert (listed["id"], listed["state"], listed["successor"]) == (id_, "sent", False)
    token = nominating.token(world, world.maple)
    assert nominating.look(world, token).status == 200
    assert desk.get(nominating.path(world.maple, id_)).json["state"] == "opened"
    assert nominating.sign(world, token).status == 204
    assert [one["id"] for one in desk.get("/nominations", state="to_verify").json["items"]] == [id_]
    assert nominating.verify(desk, world.maple).status == 200
    answer = nominating.approve(desk, world.maple, "claims", "eligibility")
    assert answer.status == 200, answer.text
    assert (answer.json["state"], answer.json["decided_by"]["id"]) == ("approved", enid.user.id)
    nora = nominating.member_of(world.maple, NORA)
    assert (nora.id, nora.status, nora.role) == (answer.json["membership_id"], "unverified", "local_administrator")
    assert nora.access_levels == {"claims", "eligibility"}
    assert (nora.name, nora.phone, nora.invitation_ends_at) == (
        "Nora Newcomer",
        "555-0100-7",
        world.time.now + timedelta(hours=72),
    )
    assert rosters.roster(world.maple.id).seat == nora.id
    assert organizations.organization(world.maple.id).tin_verified
    assert [one["id"] for one in desk.get("/nominations", state="ended").json["items"]] == [id_]
    assert "member.invited" in [event["name"]["S"] for event in stored.outbox()]


def test_what_was_signed_stands_as_it_was_typed(world: World, desk: Browser) -> None:
    """ORG-1: the words, their version and language, the time, the address; and the digest of it in the record."""
    id_ = nominating.send(desk, world.maple)
    answer = nominating.sign(world, nominating.token(world, world.maple), signature="x", consent_version="1-es")
    assert answer.status == 204
    shown = desk.get(nominating.path(world.maple, id_)).json
    form = shown["form"]
    assert form["signature"] == "x"
    assert (form["consent_version"], form["language"]) == ("1", "es")
    assert form["consent_text"].startswith("Firmo este formulario")
    assert (form["tin"], form["npis"]) == ("000000001", ["1234567893"])
    assert (form["executive_name"], form["executive_email"]) == ("Cleo Fictional", EXECUTIVE)
    assert form["address"]
    assert shown["form_intact"]
    (record,) = stored.records("nomination.signed")
    assert record.after["form_sha256"] == shown["form_sha256"]
    assert "Nora" not in str([record.attribute_values for record in stored.records()])


def test_approving_needs_a_match_of_this_form(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: not before it was verified, not when one of both doesn't match, not when the practice changed since."""
    nominating.signed(world, world.maple, enid)
    assert nominating.approve(desk, world.maple).code == "not_verified"
    assert nominating.verify(desk, world.maple, npis_match=False).status == 200
    assert nominating.approve(desk, world.maple).code == "not_verified"
    assert nominating.verify(desk, world.maple).status == 200
    nominating.edit(world, world.maple, npis=frozenset())
    assert nominating.approve(desk, world.maple).code == "not_verified"
    assert nominating.verify(desk, world.maple).status == 200
    assert nominating.approve(desk, world.maple).status == 200


def test_what_is_returned_is_signed_anew(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: a fresh link, the reason on the form, what was signed stays readable, and it is verified anew."""
    first = nominating.verified(world, world.maple, enid)
    old = nominating.token(world, world.maple)
    world.time.advance(minutes=1)
    answer = nominating.do(desk, world.maple, "return", {"reason": "Who is <Nora>?"})
    assert answer.status == 200, answer.text
    assert (answer.json["state"], answer.json["round"], answer.json["form"]) == ("returned", 2, None)
    assert nominating.look(world, old).code == "link_expired"
    token = nominating.token(world, world.maple)
    shown = nominating.look(world, token)
    assert shown.json["return_reason"] == "Who is <Nora>?"
    assert nominating.sign(world, token, administrator_name="Nora Q. Newcomer").status == 204
    assert nominating.approve(desk, world.maple).code == "not_verified"
    page = desk.get(nominating.path(world.maple, first.id)).json
    (round_,) = page["rounds"]
    assert (round_["number"], round_["ended"], round_["reason"]) == (1, "returned", "Who is <Nora>?")
    assert round_["form"]["administrator_name"] == "Nora Newcomer"
    assert round_["form_intact"]
    assert round_["form_sha256"] == first.form_sha256
    assert round_["by"]["id"] == enid.user.id
    assert page["form"]["administrator_name"] == "Nora Q. Newcomer"
    assert "Who is" not in str([record.attribute_values for record in stored.records()])


def test_why_it_was_given_back_goes_along_with_the_next_form(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: the executive reads it though the form was sent once more before they answered."""
    nominating.verified(world, world.maple, enid)
    assert nominating.do(desk, world.maple, "return", {"reason": "Who is Nora?"}).status == 200
    world.time.advance(hours=2)
    assert isinstance(enid.actor, Staff)
    nominations.send(enid.actor, world.maple.id, world.time.now)
    assert nominating.look(world, nominating.token(world, world.maple)).json["return_reason"] == "Who is Nora?"


def test_a_form_that_was_tampered_with_shows_and_is_not_approved(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: the digest is made anew from what is kept, and compared with what was recorded at signing."""
    before = nominating.verified(world, world.maple, enid)
    nominating.tamper(world, before, "Nora Newcomer", "Mallory Newcomer")
    shown = desk.get(nominating.path(world.maple, before.id)).json
    assert not shown["form_intact"]
    assert nominating.approve(desk, world.maple).code == "form_not_intact"
    assert nominating.do(desk, world.maple, "return", {"reason": "Please sign again."}).status == 200
    (round_,) = desk.get(nominating.path(world.maple, before.id)).json["rounds"]
    assert not round_["form_intact"]


def test_a_fresh_form_takes_the_place_of_one_that_is_out_or_expired(world: World, desk: Browser) -> None:
    """ORG-1: to the executive on record then; earlier links open nothing."""
    id_ = nominating.send(desk, world.maple)
    first = nominating.token(world, world.maple)
    assert nominating.send(desk, world.maple) == id_
    assert nominating.look(world, first).code == "link_expired"
    second = nominating.token(world, world.maple)
    world.time.advance(days=14)
    assert nominating.look(world, second).code == "link_expired"
    assert (
        world.browser(nominating.enrollment(world, "Ed Fictional")).get("/nominations").json["items"][0]["state"]
        == "expired"
    )
    nominating.edit(world, world.maple, executive_name="Clara Fictional", executive_email="clara@maple.example")
    desk = world.browser(nominating.enrollment(world, "Eve Fictional"))
    assert nominating.send(desk, world.maple) == id_
    shown = desk.get(nominating.path(world.maple, id_)).json
    assert (shown["round"], shown["executive_email"]) == (3, "clara@maple.example")
    assert [one["ended"] for one in shown["rounds"]] == ["sent_anew", "sent_anew"]
    assert nominating.look(world, nominating.token(world, world.maple)).status == 200


def test_nobody_sends_more_forms_than_are_mailed(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, S-MAIL-04: a fifth in an hour is refused, and the fourth one's link goes on; nor by starting over."""
    for _ in range(3):
        nominating.send(desk, world.maple)
    assert nominating.do(desk, world.maple, "withdraw").status == 200
    nominating.send(desk, world.maple)
    token = nominating.token(world, world.maple)
    world.time.advance(minutes=10)
    refused = desk.post(nominating.path(world.maple), {})
    assert (refused.status, refused.code) == (409, "form_sent_lately")
    assert nominating.look(world, token).status == 200
    nominating.with_executive(world, world.birch)
    nominating.send(desk, world.birch)
    assert nominating.sign(world, token).status == 204
    assert nominating.do(desk, world.maple, "return", {"reason": "Please sign again."}).status == 200
    world.time.advance(minutes=50)
    nominating.send(world.browser(nominating.enrollment(world, "Ed Fictional")), world.maple)


def test_nobody_sends_more_forms_in_a_day_than_are_mailed(world: World, enid: Account) -> None:
    """S-MAIL-04: eighteen, however they are spread; the next when a day has passed since the first."""
    assert isinstance(enid.actor, Staff)
    for _ in range(18):
        nominations.send(enid.actor, world.maple.id, world.time.now)
        world.time.advance(hours=1)
    with pytest.raises(Conflict, match="form_sent_lately"):
        nominations.send(enid.actor, world.maple.id, world.time.now)
    world.time.advance(hours=6)
    assert nominations.send(enid.actor, world.maple.id, world.time.now).round == 19
    assert len(nominating.current(world.maple).sent_lately) == 18


def test_what_keeps_a_form_from_being_sent(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, ORG-9: no executive on record, a signed form that waits, a practice that has ended, none at all."""
    assert desk.post(nominating.path(world.birch), {}).code == "executive_unknown"
    nominating.signed(world, world.maple, enid)
    assert desk.post(nominating.path(world.maple), {}).code == "nomination_open"
    nominating.with_executive(world, world.birch, closed_at=world.time.now)
    assert desk.post(nominating.path(world.birch), {}).code == "organization_closed"
    assert desk.post("/organizations/org_00000000000000000000000000/nominations", {}).status == 404


def test_a_practice_that_ended_meanwhile(world: World, enid: Account, desk: Browser) -> None:
    """ORG-9: nothing is decided about it any more but that the nomination is withdrawn; its links open nothing."""
    nominating.verified(world, world.maple, enid)
    token = nominating.token(world, world.maple)
    nominating.edit(world, world.maple, closed_at=world.time.now)
    assert nominating.look(world, token).code == "link_expired"
    assert nominating.verify(desk, world.maple).code == "organization_closed"
    assert nominating.approve(desk, world.maple).code == "organization_closed"
    assert nominating.do(desk, world.maple, "return", {"reason": "x"}).code == "organization_closed"
    assert nominating.do(desk, world.maple, "withdraw").status == 200


def test_a_withdrawn_nomination(world: World, desk: Browser) -> None:
    """ORG-1: its links open nothing, nothing is decided about it, and another one may begin."""
    id_ = nominating.send(desk, world.maple)
    token = nominating.token(world, world.maple)
    answer = nominating.do(desk, world.maple, "withdraw")
    assert (answer.status, answer.json["state"]) == (200, "withdrawn")
    assert nominating.look(world, token).code == "link_expired"
    assert nominating.sign(world, token).code == "link_expired"
    assert nominating.do(desk, world.maple, "withdraw").code == "nomination_withdrawn"
    assert nominating.verify(desk, world.maple).code == "nomination_withdrawn"
    assert nominating.send(desk, world.maple) != id_


def test_every_decision_names_the_version_it_was_made_of(world: World, enid: Account, desk: Browser) -> None:
    """PLT-3: somebody else was faster."""
    before = nominating.signed(world, world.maple, enid)
    nominating.verify(desk, world.maple)
    for verb, body in (
        ("verify", {"tin_matches": True, "npis_match": True}),
        ("approve", {}),
        ("return", {"reason": "x"}),
        ("withdraw", {}),
    ):
        answer = nominating.do(desk, world.maple, verb, body, before.version)
        assert (answer.status, answer.code) == (412, "stale"), verb
        missing = desk.post(nominating.path(world.maple, before.id, verb), body)
        assert missing.status == 428, verb


def test_levels_beyond_what_the_practice_may_use(world: World, enid: Account, desk: Browser) -> None:
    """ORG-7: named as a wrong field; what follows the role is no harm."""
    nominating.verified(world, world.maple, enid)
    answer = nominating.approve(desk, world.maple, "claims", "assessments")
    assert (answer.status, answer.fields) == (422, {("/access_levels", "not_entitled")})
    assert nominating.approve(desk, world.maple, "claims", "manage_account").status == 200
    assert nominating.member_of(world.maple, NORA).access_levels == {"claims"}


@pytest.mark.parametrize("verb", ["verify", "approve", "return"])
@pytest.mark.parametrize("who", ["nominee", "executive", "executive_on_record", "member", "pending"])
def test_nobody_of_the_staff_decides_for_themself(world: World, enid: Account, verb: str, who: str) -> None:
    """S-AZ-06, S-AZ-07: neither who is nominated, nor the executive, nor anybody of the practice."""
    insider = nominating.enrollment(world, "Ines Fictional")
    address = insider.user.email
    if who == "executive":
        nominating.edit(world, world.maple, executive_email=address)
    nominating.verified(world, world.maple, enid, **({"administrator_email": address} if who == "nominee" else {}))
    if who == "executive_on_record":
        nominating.edit(world, world.maple, executive_email=address.upper())
    if who in ("member", "pending"):
        world.also_member(insider, world.maple)
    body = {"verify": {"tin_matches": True, "npis_match": True}, "approve": {}, "return": {"reason": "x"}}[verb]
    answer = nominating.do(world.browser(insider), world.maple, verb, body)
    if verb == "approve" and who == "nominee":
        # Whoever works for the plan is not seated by anybody.
        assert answer.code == "nominee_is_staff"
    else:
        assert (answer.status, answer.code) == (403, "own_account" if who == "nominee" else "of_organization")


def test_what_somebody_of_the_practice_verified_before_counts_for_nothing(
    world: World, enid: Account, desk: Browser
) -> None:
    """S-AZ-07: whoever verified has become one of them meanwhile; another one verifies."""
    nominating.verified(world, world.maple, enid)
    world.also_member(enid, world.maple)
    other = world.browser(nominating.enrollment(world, "Ed Fictional"))
    assert nominating.approve(other, world.maple).code == "of_organization"
    assert nominating.verify(other, world.maple).status == 200
    assert nominating.approve(other, world.maple).status == 200


def test_what_is_known_of_whom_the_form_names_is_for_staff_alone(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: the executive names themself, somebody of this or another practice, somebody of the plan."""
    nominating.signed(world, world.maple, enid, administrator_email=EXECUTIVE, practice_name="Maple Clinics")
    found = nominating.current(world.maple)
    flags = desk.get(nominating.path(world.maple, found.id)).json["flags"]
    assert flags["names_executive"]
    assert flags["practice_name_differs"]
    assert not flags["has_sign_in"]
    for email, expected in (
        (world.gina.user.email, {"has_sign_in": True, "member_here": "active", "member_elsewhere": False}),
        (world.peter.user.email, {"has_sign_in": True, "member_here": None, "member_elsewhere": True}),
        (world.ada.user.email, {"has_sign_in": True, "is_staff": True}),
    ):
        assert nominating.do(desk, world.maple, "return", {"reason": "x"}).status == 200
        assert nominating.sign(world, nominating.token(world, world.maple), administrator_email=email).status == 204
        flags = desk.get(nominating.path(world.maple, found.id)).json["flags"]
        assert {name: flags[name] for name in expected} == expected
        assert not flags["names_executive"]
    assert nominating.verify(desk, world.maple).status == 200
    assert nominating.approve(desk, world.maple).code == "nominee_is_staff"


def test_what_changed_since_the_signature_is_flagged(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, ORG-9: another executive, number or NPIs."""
    found = nominating.signed(world, world.maple, enid)
    path = nominating.path(world.maple, found.id)
    names = ("other_executive_since", "tin_differs", "npis_differ")
    flags = desk.get(path).json["flags"]
    assert not any(flags[name] for name in names)
    nominating.edit(world, world.maple, executive_name="Clara Fictional", tin="000000077", npis=frozenset())
    flags = desk.get(path).json["flags"]
    assert all(flags[name] for name in names)


def test_reading_leaves_a_record(world: World, enid: Account, desk: Browser) -> None:
    """AUD-1, S-AUD-07."""
    found = nominating.signed(world, world.maple, enid)
    desk.get(nominating.path(world.maple, found.id))
    (record,) = stored.records("nomination.viewed")
    assert (record.object_id, record.actor_id) == (found.id, enid.user.id)


def test_a_nomination_is_found_below_its_practice_alone(world: World, enid: Account, desk: Browser) -> None:
    """House rule 7: foreign and unknown ids are the same."""
    found = nominating.signed(world, world.maple, enid)
    foreign = desk.get(nominating.path(world.birch, found.id))
    unknown = desk.get(nominating.path(world.birch, "nom_00000000000000000000000000"))
    assert (foreign.status, unknown.status) == (404, 404)
    assert desk.post(nominating.path(world.birch, found.id, "print"), {}).status == 404


def test_a_printable_copy(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: a PDF of what was signed, its digest, what was found; asking, making and downloading leave records."""
    name = "李小龍 <Nguyễn> 🦩"
    found = nominating.verified(world, world.maple, enid, administrator_name=name, authority="Владелец")
    answer = desk.post(nominating.path(world.maple, found.id, "print"), {})
    assert answer.status == 202, answer.text
    works.carry_all()
    made = desk.get(f"/work/{answer.json['work_id']}").json
    assert (made["state"], made["result_name"]) == ("finished", f"nomination-{found.id}-1.pdf")
    content = requests.get(desk.get(f"/work/{made['id']}/result").json["url"], timeout=10).content
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    shown = "".join(text.split())
    for expected in (
        "李小龍 <Nguyễn> ⟦U+1F9A9⟧",
        "Владелец",
        "Maple Example Clinic",
        "000000001",
        "1234567893",
        "Cleo Fictional",
        "I sign this form for the practice",
        "2026-03-02 15:00:00 UTC (2026-03-02 10:00:00 EST)",
        str(found.form_sha256),
        "SHA-256 when it was signed: the same",
        f"Verified by: Enid Fictional ({enid.user.id})",
    ):
        assert "".join(expected.split()) in shown, expected
    (asked,) = stored.records("nomination.printed")
    (copied,) = stored.records("nomination.copied")
    assert asked.after["form_sha256"] == copied.after["form_sha256"] == found.form_sha256
    assert copied.after["for"] == enid.user.id


def test_a_copy_of_an_earlier_round_and_of_nothing(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: every signed form stays readable; where nothing was signed there is nothing."""
    found = nominating.signed(world, world.maple, enid)
    assert nominating.do(desk, world.maple, "return", {"reason": "Again"}).status == 200
    path = nominating.path(world.maple, found.id, "print")
    assert desk.post(path, {}).status == 404
    assert desk.post(path, {"round": 3}).status == 404
    assert desk.post(path, {"round": 0}).status == 422
    answer = desk.post(path, {"round": 1})
    assert answer.status == 202
    later.deactivate(enid)
    works.carry_all()
    (work,) = [item for item in stored.everything()["shortlived"] if item["cls"]["S"] == "work"]
    assert (work["state"]["S"], work["reason"]["S"]) == ("stopped", "access_ended")
