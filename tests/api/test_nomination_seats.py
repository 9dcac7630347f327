"""What an approval does about the seat: whoever sits there, whoever is named (ORG-1, ORG-3, ORG-4, ORG-7, CRD-9)."""

from datetime import timedelta

import pytest

from chalicelib.accounts.domain import Status
from chalicelib.accounts.store import rosters
from tests import delivery, inviting, later, nominating, proofs, stored
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import START, Account, World

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


def _approved(world: World, enid: Account, desk: Browser, *levels: str, **changes: str) -> Answer:
    nominating.verified(world, world.maple, enid, **changes)
    return nominating.approve(desk, world.maple, *levels)


def _seat(world: World) -> str | None:
    return rosters.roster(world.maple.id).seat


def _status(world: World, account: Account) -> tuple[str, str]:
    found = nominating.member(world.maple, account.mailbox)
    return found.status, found.role


def test_while_the_predecessor_acts_the_seat_is_promised(
    world: World, enid: Account, desk: Browser, post: Post
) -> None:
    """ORG-4: it moves when the successor registers, and the predecessor becomes a general user then."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    answer = _approved(world, enid, desk, "claims")
    assert answer.status == 200, answer.text
    assert answer.json["successor"]
    nora = nominating.member_of(world.maple, NORA)
    assert (_seat(world), nora.role) == (lola.mailbox, "general_user")
    assert nora.access_levels == {"claims"}
    promised = rosters.roster(world.maple.id).handover
    assert promised is not None
    assert (promised.membership_id, promised.decided_by_plan) == (nora.id, True)
    assert inviting.complete(world, inviting.token(post)).status == 200
    assert _seat(world) == nora.id
    assert _status(world, lola) == ("active", "general_user")
    assert nominating.member(world.maple, nora.id).access_levels == {"claims"}
    roster = rosters.roster(world.maple.id)
    assert roster.handover is None
    assert roster.active == {nora.id}


def test_the_practice_can_do_nothing_about_it(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, ORG-4: neither take it back, nor promise it to another, nor get rid of the successor."""
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    bea = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    _approved(world, enid, desk, "claims")
    nora = nominating.member_of(world.maple, NORA)
    handover = {"former_becomes": "general_user"}
    person = {"name": "Olga Other", "email": "olga@people.example", "phone": "555-0100-8"}
    assert lola.get("/roster").json["handover"]["decided_by_plan"]
    assert lola.delete("/roster/handover").code == "decided_by_plan"
    assert lola.post("/roster/handover", {**handover, "membership_id": world.gina.mailbox}).code == "decided_by_plan"
    assert lola.post("/roster/handover", {**handover, "new_person": person}).code == "decided_by_plan"
    for browser in (lola, bea):
        for verb in ("disable", "remove"):
            moved = {"comment": "No"}
            answer = browser.post(f"/members/{nora.id}/{verb}", moved, **{"If-Match": f'"{nora.entries}"'})
            assert answer.code == "decided_by_plan", answer.text
        changes: list[dict[str, object]] = [
            {"role": "backup_administrator"},
            {"access_levels": []},
            {"providers": ["1234567893"]},
        ]
        for change in changes:
            answer = browser.send("PATCH", f"/members/{nora.id}", change, {"If-Match": f'"{nora.entries}"'})
            assert answer.code == "decided_by_plan", answer.text
    promised = rosters.roster(world.maple.id).handover
    assert promised is not None
    assert promised.membership_id == nora.id


def test_the_predecessor_is_shut_out_meanwhile(world: World, enid: Account, desk: Browser, post: Post) -> None:
    """ORG-4: a backup disables them, so that the seat is vacant; the successor sits down there all the same."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    bea = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    _approved(world, enid, desk)
    answer = bea.post(f"/members/{lola.mailbox}/disable", {"comment": "Left"}, **{"If-Match": '"0"'})
    assert answer.status == 200, answer.text
    assert _seat(world) is None
    assert inviting.complete(world, inviting.token(post)).status == 200
    nora = nominating.member_of(world.maple, NORA)
    assert _seat(world) == nora.id
    assert _status(world, lola) == ("disabled", "general_user")
    (record,) = stored.records("administrators.handed_over")
    assert (record.pk, record.object_id) == (f"JOURNAL#{world.maple.id}", nora.id)
    assert (record.before, record.after) == ({"seat": None}, {"seat": nora.id})


@pytest.mark.parametrize("status", ["inactive", "suspended"])
def test_the_predecessor_stops_acting_meanwhile(
    world: World, enid: Account, desk: Browser, post: Post, status: Status
) -> None:
    """ORG-4: a clock takes them before the successor registers."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    _approved(world, enid, desk)
    later.set_status(lola, status)
    assert inviting.complete(world, inviting.token(post)).status == 200
    assert _seat(world) == nominating.member_of(world.maple, NORA).id
    assert _status(world, lola) == (status, "general_user")


def test_a_predecessor_who_does_not_act_is_a_general_user_at_once(world: World, enid: Account, desk: Browser) -> None:
    """ORG-4: as nobody acted, none is left without; the seat is the successor's before they register."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator", status="inactive")
    assert _approved(world, enid, desk).status == 200
    assert _seat(world) == nominating.member_of(world.maple, NORA).id
    assert _status(world, lola) == ("inactive", "general_user")


def test_a_clock_that_ran_out_counts_though_no_job_came(world: World, enid: Account, desk: Browser) -> None:
    """INA-1, ORG-4: who has not signed in for 90 days doesn't act, whatever is stored."""
    lola = world.member(
        world.maple, "Lola Sample", role="local_administrator", enabled_at=START - timedelta(days=90), verified_at=START
    )
    assert _status(world, lola) == ("active", "local_administrator")
    assert _approved(world, enid, desk).status == 200
    assert _seat(world) == nominating.member_of(world.maple, NORA).id
    assert nominating.member(world.maple, lola.mailbox).role == "general_user"
    assert rosters.marked([world.maple.id]) == {world.maple.id}


def test_a_second_before_they_act(world: World, enid: Account, desk: Browser) -> None:
    """INA-1, ORG-4: to the second."""
    began = START - timedelta(days=90) + timedelta(seconds=1)
    lola = world.member(world.maple, "Lola Sample", role="local_administrator", enabled_at=began, verified_at=START)
    assert _approved(world, enid, desk).status == 200
    assert _seat(world) == lola.mailbox


@pytest.mark.parametrize("levels", [(), ("eligibility",)])
def test_an_active_member_sits_down_at_once(
    world: World, enid: Account, desk: Browser, levels: tuple[str, ...]
) -> None:
    """ORG-4, ORG-7: with the levels they have, or as granted; the predecessor is a general user from then on."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    later.grant(world.gina, "claims")
    answer = _approved(world, enid, desk, *levels, administrator_email=world.gina.user.email)
    assert (answer.status, answer.json["membership_id"]) == (200, world.gina.mailbox)
    assert _seat(world) == world.gina.mailbox
    assert _status(world, world.gina) == ("active", "local_administrator")
    assert _status(world, lola) == ("active", "general_user")
    assert nominating.member(world.maple, world.gina.mailbox).access_levels == (set(levels) or {"claims"})
    assert "member.invited" not in [event["name"]["S"] for event in stored.outbox()]


@pytest.mark.parametrize("waits", [False, True])
def test_whom_the_plan_seats_acts_for_all_providers(world: World, enid: Account, desk: Browser, waits: bool) -> None:
    """ORG-4, ORG-7: whatever administrators of the practice let them act for before."""
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    world.member(world.maple, "Bea Sample", role="backup_administrator")
    name, id_ = world.gina.user.name, world.gina.mailbox
    if waits:
        name = "Nora Newcomer"
        id_ = inviting.create(lola, name, providers=["1234567893"])
    else:
        changed = lola.send("PATCH", f"/members/{id_}", {"providers": ["1234567893"]}, {"If-Match": '"0"'})
        assert changed.status == 200, changed.text
    assert nominating.member(world.maple, id_).providers == {"1234567893"}
    email = NORA if waits else world.gina.user.email
    assert _approved(world, enid, desk, administrator_name=name, administrator_email=email).status == 200
    assert nominating.member(world.maple, id_).providers == frozenset()


def test_the_one_who_sits_there_already(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1: nothing moves; TIN and NPIs are verified all the same."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    before = nominating.member(world.maple, lola.mailbox)
    assert _approved(world, enid, desk, administrator_email=lola.user.email).status == 200
    assert (_seat(world), nominating.member(world.maple, lola.mailbox)) == (lola.mailbox, before)


@pytest.mark.parametrize("status", ["disabled", "inactive", "suspended"])
def test_who_is_shut_out_is_not_seated(world: World, enid: Account, desk: Browser, status: Status) -> None:
    """ORG-1: each cause is lifted first, by its own remedy."""
    later.set_status(world.gina, status)
    answer = _approved(world, enid, desk, administrator_email=world.gina.user.email)
    assert (answer.status, answer.code) == (409, f"status_{status}")
    assert _seat(world) is None


def test_who_was_removed_gets_a_new_membership(world: World, enid: Account, desk: Browser) -> None:
    """Section 3: with nothing granted but what the plan grants."""
    bea = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    later.grant(world.gina, "health_records")
    gone = bea.post(f"/members/{world.gina.mailbox}/remove", {}, **{"If-Match": '"0"'})
    assert gone.status == 200, gone.text
    answer = _approved(world, enid, desk, "claims", administrator_email=world.gina.user.email)
    assert answer.status == 200, answer.text
    assert answer.json["membership_id"] not in (None, world.gina.mailbox)
    assert _seat(world) == answer.json["membership_id"]
    assert nominating.member(world.maple, answer.json["membership_id"]).access_levels == {"claims"}
    assert _status(world, world.gina) == ("removed", "general_user")


def test_who_waits_to_be_verified_is_taken_over(world: World, enid: Account, desk: Browser, post: Post) -> None:
    """ORG-1, ACC-1: the very membership, invited, with the levels granted; in time they register."""
    assert inviting.ask(world).status == 202
    delivery.settle()
    waiting = nominating.member_of(world.maple, NORA)
    assert waiting.status == "verification_pending"
    answer = _approved(world, enid, desk, "claims")
    assert (answer.status, answer.json["membership_id"]) == (200, waiting.id)
    nora = nominating.member(world.maple, waiting.id)
    assert (nora.status, nora.role) == ("unverified", "local_administrator")
    assert nora.access_levels == {"claims"}
    assert inviting.complete(world, inviting.token(post)).status == 200
    assert nominating.member(world.maple, waiting.id).status == "active"


def test_whose_invitation_ended_is_invited_anew(world: World, enid: Account, desk: Browser, post: Post) -> None:
    """ORG-1, CRD-6: the first administrator never registered, and is named again; their 90 days begin anew."""
    assert _approved(world, enid, desk, "claims").status == 200
    delivery.settle()
    first = nominating.member_of(world.maple, NORA)
    world.time.advance(days=89)
    eve = nominating.enrollment(world, "Eve Fictional")
    nominating.verified(
        world, world.maple, eve, administrator_phone="555-0100-9", administrator_name="Nora N. Newcomer"
    )
    assert nominating.approve(world.browser(eve), world.maple).status == 200
    again = nominating.member_of(world.maple, NORA)
    assert (again.id, again.phone, again.name) == (first.id, "555-0100-9", "Nora N. Newcomer")
    assert again.role == "local_administrator"
    assert again.access_levels == {"claims"}
    assert again.invitation_ends_at == world.time.now + timedelta(hours=72)
    world.time.advance(days=2)
    assert inviting.complete(world, inviting.token(post)).status == 200
    assert nominating.member(world.maple, first.id).status == "active"


def test_an_administrator_who_never_registered_makes_room(world: World, enid: Account, desk: Browser) -> None:
    """ORG-4: another one is named; the seat is theirs, and the first is a general user who may still register."""
    assert _approved(world, enid, desk).status == 200
    first = nominating.member_of(world.maple, NORA)
    answer = _approved(world, enid, desk, administrator_name="Olga Other", administrator_email="olga@people.example")
    assert answer.status == 200, answer.text
    assert _seat(world) == nominating.member_of(world.maple, "olga@people.example").id
    left = nominating.member(world.maple, first.id)
    assert (left.status, left.role) == ("unverified", "general_user")


def test_a_later_approval_takes_the_place_of_a_promise(world: World, enid: Account, desk: Browser) -> None:
    """ORG-4: the plan decided otherwise."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    _approved(world, enid, desk)
    _approved(world, enid, desk, administrator_name="Olga Other", administrator_email="olga@people.example")
    promised = rosters.roster(world.maple.id).handover
    assert promised is not None
    assert promised.membership_id == nominating.member_of(world.maple, "olga@people.example").id


def test_somebody_of_another_practice_accepts_by_signing_in(world: World, enid: Account, desk: Browser) -> None:
    """ACC-8: one sign-in, one more membership."""
    assert _approved(world, enid, desk, administrator_email=world.peter.user.email).status == 200
    made = nominating.member_of(world.maple, world.peter.user.email)
    assert made.user_id == world.peter.user.id
    world.browser(world.peter)
    found = nominating.member(world.maple, made.id)
    assert (found.status, found.role) == ("active", "local_administrator")


@pytest.mark.parametrize("predecessor", [False, True])
def test_who_has_a_sign_in_enrolls_a_second_factor_before_the_seat_opens_anything(
    world: World, enid: Account, desk: Browser, predecessor: bool
) -> None:
    """CRD-9: also while the seat is only promised, as it moves by their signing in."""
    if predecessor:
        world.member(world.maple, "Lola Sample", role="local_administrator")
    assert _approved(world, enid, desk, administrator_email=world.peter.user.email).status == 200
    later.ask_for_factors()
    browser = world.browser(world.peter)
    assert browser.get("/members").code == "enrollment_required"
    assert nominating.member_of(world.maple, world.peter.user.email).status == "unverified"
    app = proofs.enroll(world, world.peter)
    assert proofs.signed_in(world, world.peter, app).get("/session").status == 200
    found = nominating.member_of(world.maple, world.peter.user.email)
    assert (found.status, found.role) == ("active", "local_administrator")


def test_a_member_without_a_second_factor_is_signed_out_by_their_promotion(
    world: World, enid: Account, desk: Browser
) -> None:
    """CRD-9: signing in asks for it before anything opens; with none wanted, the session goes on."""
    gina = world.browser(world.gina)
    nominating.verified(world, world.maple, enid, administrator_email=world.gina.user.email)
    later.ask_for_factors()
    assert nominating.approve(desk, world.maple).status == 200
    assert gina.get("/members").code == "signed_out"
    assert world.browser(world.gina).get("/members").code == "enrollment_required"


def test_the_new_administrator_adds_a_backup_first(world: World, enid: Account, desk: Browser, post: Post) -> None:
    """ORG-3: nobody else before one is invited."""
    _approved(world, enid, desk)
    inviting.complete(world, inviting.token(post))
    browser = Browser(world.browser()._send)
    assert browser.sign_in(NORA, inviting.NEW_PASSWORD).status == 201
    person = {"name": "Gwen Sample", "email": "gwen@people.example", "phone": "555-0100-6"}
    assert browser.post("/members", person).code == "backup_administrator_required"
    assert browser.post("/members", {**person, "role": "backup_administrator"}).status == 201


def test_who_was_approved_for_whom_is_in_the_record(world: World, enid: Account, desk: Browser) -> None:
    """AUD-1, ORG-1: ids, the digest of the form, and who sat there."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    _approved(world, enid, desk)
    (record,) = stored.records("nomination.approved")
    found = nominating.current(world.maple)
    nora = nominating.member_of(world.maple, NORA)
    assert record.actor_id == enid.user.id
    assert record.pk == f"JOURNAL#{world.maple.id}"
    assert record.before["seat"] == lola.mailbox
    assert record.after["membership_id"] == nora.id
    assert record.after["user_id"] == nora.user_id
    assert record.after["form_sha256"] == found.form_sha256
