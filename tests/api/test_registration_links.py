"""Registration is completed, and passwords are reset, by mailed links (CRD-6, S-AUTH-08, S-MAIL-02)."""

import json
from typing import Any

import pytest

from chalicelib.core import ids
from tests import delivery, inviting, later, recovering, stored
from tests.inviting import NEW_PASSWORD
from tests.ses import Post
from tests.world import PASSWORD, World

NORA = "nora.newcomer@people.example"


@pytest.fixture
def token(world: World, post: Post) -> str:
    """The token that Nora was mailed."""
    lola, _ = inviting.administrators(world)
    inviting.create(world.browser(lola))
    return inviting.token(post)


def _nora(world: World) -> dict[str, Any]:
    lola = world.browser()
    assert lola.sign_in("lola.sample@people.example", PASSWORD).status == 201
    (row,) = lola.get("/members", search="nora").json["items"]
    shown: dict[str, Any] = lola.get(f"/members/{row['id']}").json
    return shown


def _move(world: World, verb: str) -> None:
    nora = _nora(world)
    lola = world.browser()
    lola.sign_in("lola.sample@people.example", PASSWORD)
    path = f"/members/{nora['id']}/{verb}"
    answer = lola.send("POST", path, {"comment": "why"}, {"If-Match": f'"{nora["version"]}"'})
    assert answer.status == 200, answer.text


def test_whom_the_link_is_for(world: World, token: str) -> None:
    assert inviting.look(world, token).json == {
        "name": "Nora Newcomer",
        "email": NORA,
        "organization": "Maple Example Clinic",
        "signs_in_instead": False,
        "factor_required": False,
        "password_shortest": 8,
    }


def test_a_person_completes_their_registration(world: World, post: Post, token: str) -> None:
    """Section 3: unverified to active; their name is as they write it; then they sign in."""
    answer = inviting.complete(world, token, name="Nora N. Newcomer")
    assert (answer.status, answer.json) == (200, {"recovery_codes": []})
    signed_in = world.browser().sign_in(NORA, NEW_PASSWORD)
    assert signed_in.json["user"]["name"] == "Nora N. Newcomer"
    assert signed_in.json["membership"]["organization"]["name"] == "Maple Example Clinic"
    assert signed_in.json["membership"]["access_levels"] == []
    nora = _nora(world)
    assert (nora["status"], nora["name"]) == ("active", "Nora N. Newcomer")
    assert nora["verified_at"] is not None
    (accepted,) = stored.records("member.accepted")
    assert (accepted.actor_kind, accepted.pk) == ("linkholder", f"JOURNAL#{world.maple.id}")
    assert (accepted.before["status"], accepted.after["status"]) == ("unverified", "active")
    assert "terms" in {item["cls"]["S"] for item in stored.everything()["directory"]}


def test_a_link_works_once(world: World, token: str) -> None:
    """CRD-6: the second time it is a link like any unknown one."""
    assert inviting.complete(world, token).status == 200
    told = {_refusal(inviting.complete(world, other)) for other in (token, "A" * 43, "x", "mem_" + "0" * 26)}
    told |= {_refusal(inviting.look(world, other)) for other in (token, "A" * 43)}
    assert told == {(410, "link_expired")}


def _refusal(answer: Any) -> tuple[int, str]:
    return answer.status, answer.code


def test_looking_spends_nothing(world: World, token: str) -> None:
    """S-MAIL-02: scanners and previews that GET the page or the routes leave the link alone."""
    for _ in range(10):
        assert inviting.look(world, token).status == 200
        assert world.browser().get("/registrations/look", token=token).status in (404, 405)
        assert world.browser().get("/registrations/complete", token=token).status in (404, 405)
    assert inviting.complete(world, token).status == 200


def test_what_is_wrong_is_told_and_the_link_stays(world: World, token: str) -> None:
    """CRD-1: every wrong field at once."""
    answer = inviting.complete(world, token, password="nora-newcomer", accept_terms=False)
    assert answer.status == 422
    assert answer.fields == {
        ("/password", "needs_upper_case"),
        ("/password", "contains_name"),
        ("/accept_terms", "terms_required"),
    }
    for name in ("Maple-4711", "Valley-4711-x", "Newcomer-4711"):
        assert inviting.complete(world, token, password=name).fields == {("/password", "contains_name")}, name
    assert inviting.complete(world, token, password="A" * 100 + "a!" + "z" * 27).fields == {("/password", "too_long")}
    assert inviting.complete(world, token, name=" \t ").status == 422
    assert inviting.complete(world, token, password=" Quiet  Harbor ").status == 200
    assert world.browser().sign_in(NORA, "Quiet  Harbor").status == 401
    assert world.browser().sign_in(NORA, " Quiet  Harbor ").status == 201


def test_it_ends_after_72_hours_to_the_second(world: World, token: str) -> None:
    """CRD-6: TTL may be late; what is read counts."""
    world.time.advance(hours=71, minutes=59, seconds=59)
    assert inviting.look(world, token).status == 200
    world.time.advance(seconds=1)
    assert _refusal(inviting.look(world, token)) == (410, "link_expired")
    assert _refusal(inviting.complete(world, token)) == (410, "link_expired")
    assert "verification_pending" not in _nora(world)["attention"]


@pytest.mark.parametrize("verb", ["disable", "remove"])
def test_whoever_is_kept_out_meanwhile_can_not_use_it(world: World, token: str, verb: str) -> None:
    """S-AUTH-08: and one who is let in again gets a new link by the button."""
    _move(world, verb)
    assert _refusal(inviting.look(world, token)) == (410, "link_expired")
    assert _refusal(inviting.complete(world, token)) == (410, "link_expired")
    assert world.browser().sign_in(NORA, NEW_PASSWORD).status == 401


def test_disabling_ends_the_link_for_good(world: World, post: Post, token: str) -> None:
    """S-AUTH-08: enabled again within its time, they are invited anew, and not by the link of before."""
    _move(world, "disable")
    _move(world, "enable")
    nora = _nora(world)
    assert (nora["status"], nora["attention"]) == ("unverified", ["invitation_expired"])
    assert _refusal(inviting.look(world, token)) == (410, "link_expired")
    assert _refusal(inviting.complete(world, token)) == (410, "link_expired")
    lola = world.browser()
    lola.sign_in("lola.sample@people.example", PASSWORD)
    assert lola.post(f"/members/{nora['id']}/registration-email", {}).status == 202
    assert inviting.complete(world, inviting.token(post)).status == 200


def test_a_new_link_voids_the_older_one(world: World, post: Post, token: str) -> None:
    """S-AUTH-08: the administrator's button."""
    lola = world.browser()
    lola.sign_in("lola.sample@people.example", PASSWORD)
    assert lola.post(f"/members/{_nora(world)['id']}/registration-email", {}).status == 202
    second = inviting.token(post)
    assert second != token
    assert _refusal(inviting.complete(world, token)) == (410, "link_expired")
    assert inviting.complete(world, second).status == 200


def test_each_purpose_has_links_of_its_own(world: World, post: Post, token: str) -> None:
    """S-AUTH-08: a registration link resets nothing, and a reset link registers nobody."""
    lola = world.browser()
    lola.sign_in("lola.sample@people.example", PASSWORD)
    assert lola.post(f"/members/{world.gina.mailbox}/password-reset-email", {}).status == 202
    reset = inviting.token(post, world.gina.user.email, "reset")
    assert _refusal(recovering.set_password(world, token)) == (410, "link_expired")
    assert _refusal(recovering.look(world, token)) == (410, "link_expired")
    assert _refusal(inviting.look(world, reset)) == (410, "link_expired")
    assert _refusal(inviting.complete(world, reset)) == (410, "link_expired")
    assert inviting.complete(world, token).status == 200


def test_tables_hold_no_token(world: World, token: str) -> None:
    """S-AUTH-08: the hash alone, also when the link has been used; and no password."""
    assert token not in stored.dump()
    assert ids.digest(token) in stored.dump()
    inviting.complete(world, token)
    assert token not in stored.dump()
    assert NEW_PASSWORD not in stored.dump()


def test_a_backup_who_registers_counts_at_once(world: World, post: Post) -> None:
    """ORG-3, ORG-5: the others and enrollment are told, without names."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    browser = world.browser(lola)
    refused = browser.post(
        "/members", {"name": "Too Early", "email": "too.early@people.example", "phone": "555-0100-8"}
    )
    assert refused.code == "backup_administrator_required"
    inviting.create(browser, role="backup_administrator")
    assert inviting.complete(world, inviting.token(post)).status == 200
    assert [backup["name"] for backup in browser.get("/roster").json["backups"]] == ["Nora Newcomer"]
    delivery.settle()
    (mail,) = inviting.mails_to(post, lola.user.email)
    assert mail.subject == "Your administrators in the Example Valley Health Plan provider portal have changed"
    assert "Nora" not in mail.body


def test_the_seat_moves_when_the_successor_registers(world: World, post: Post, token: str) -> None:
    """ORG-5: in the same transaction."""
    lola = world.browser()
    lola.sign_in("lola.sample@people.example", PASSWORD)
    body = {"membership_id": _nora(world)["id"], "former_becomes": "general_user"}
    assert lola.post("/roster/handover", body).status == 200
    assert inviting.complete(world, token).status == 200
    shown = world.browser().sign_in(NORA, NEW_PASSWORD).json
    assert shown["membership"]["role"] == "local_administrator"
    assert lola.get("/members").status in (401, 403)


class TestWithASignIn:
    """A person who already has a sign-in accepts by signing in (section 3)."""

    @pytest.fixture
    def invited(self, world: World, post: Post) -> None:
        """Peter of Birch is invited to Maple."""
        lola, _ = inviting.administrators(world)
        inviting.create(world.browser(lola), "Peter Specimen")
        delivery.settle()

    def test_the_mail_says_so_and_holds_no_link(self, world: World, post: Post, invited: None) -> None:
        (mail,) = inviting.mails_to(post, world.peter.user.email)
        assert mail.subject == "An invitation in the Example Valley Health Plan provider portal"
        assert "#" not in mail.body
        assert "link" not in {item["cls"]["S"] for item in stored.everything()["shortlived"]}

    def test_signing_in_accepts(self, world: World, invited: None) -> None:
        """ACC-8: the place that was open stays the one that opens."""
        assert world.browser(world.peter).get("/session").json["membership"]["organization"]["id"] == world.birch.id
        (accepted,) = stored.records("member.accepted")
        assert (accepted.actor_id, accepted.pk) == (world.peter.user.id, f"JOURNAL#{world.maple.id}")
        lola = world.browser()
        lola.sign_in("lola.sample@people.example", PASSWORD)
        (row,) = lola.get("/members", search="peter").json["items"]
        assert row["status"] == "active"
        world.browser(world.peter)
        assert len(stored.records("member.accepted")) == 1

    def test_a_wrong_password_accepts_nothing(self, world: World, invited: None) -> None:
        assert world.browser().sign_in(world.peter.user.email, NEW_PASSWORD).status == 401
        assert stored.records("member.accepted") == []

    def test_it_may_be_all_they_have(self, world: World, invited: None) -> None:
        """Somebody whose other place is closed comes in by the new one."""
        later.set_status(world.peter, "removed")
        shown = world.browser().sign_in(world.peter.user.email, PASSWORD)
        assert shown.status == 201, shown.text
        assert shown.json["membership"]["organization"]["id"] == world.maple.id

    def test_an_invitation_ends_to_the_second(self, world: World, invited: None) -> None:
        """CRD-6."""
        later.set_status(world.peter, "removed")
        world.time.advance(hours=72)
        assert world.browser().sign_in(world.peter.user.email, PASSWORD).code == "no_membership"
        assert stored.records("member.accepted") == []

    def test_the_seat_that_waited_is_theirs_at_once(self, world: World, invited: None) -> None:
        """ORG-5."""
        lola = world.browser()
        lola.sign_in("lola.sample@people.example", PASSWORD)
        (row,) = lola.get("/members", search="peter").json["items"]
        body = {"membership_id": row["id"], "former_becomes": "backup_administrator"}
        assert lola.post("/roster/handover", body).status == 200
        later.set_status(world.peter, "removed")
        shown = world.browser().sign_in(world.peter.user.email, PASSWORD)
        assert shown.json["membership"]["role"] == "local_administrator"


def test_several_invitations_of_one_person(world: World, post: Post, token: str) -> None:
    """The link that is used first registers them; signing in accepts the rest."""
    lena = world.member(world.birch, "Lena Specimen", role="local_administrator")
    world.member(world.birch, "Bruno Specimen", role="backup_administrator")
    inviting.create(world.browser(lena))
    newest = inviting.token(post)
    assert inviting.look(world, newest).json["organization"] == "Birch Sample Pediatrics"
    assert not inviting.look(world, token).json["signs_in_instead"]
    assert inviting.complete(world, newest).status == 200
    assert inviting.look(world, token).json["signs_in_instead"]
    assert _nora(world)["status"] == "unverified"
    world.browser().sign_in(NORA, NEW_PASSWORD)
    assert _nora(world)["status"] == "active"


class TestReset:
    """A new password by the mailed link (CRD-4, D7)."""

    @pytest.fixture
    def token(self, world: World, post: Post) -> str:
        lola, _ = inviting.administrators(world)
        recovering.with_questions(world, world.gina)
        assert world.browser(lola).post(f"/members/{world.gina.mailbox}/password-reset-email", {}).status == 202
        token = inviting.token(post, world.gina.user.email, "reset")
        assert recovering.answers(world, token, recovering.right_answers(world, token)).json["step"] == "password"
        return token

    def _reset(self, world: World, token: str, password: str = NEW_PASSWORD) -> Any:
        return recovering.set_password(world, token, password)

    def test_it_sets_the_password_and_ends_every_session(self, world: World, post: Post, token: str) -> None:
        """S-SESS-04, CRD-10: and they are told, once."""
        browser = world.browser(world.gina)
        assert self._reset(world, token).status == 204
        assert browser.get("/session").status == 401
        delivery.settle()
        delivery.settle()
        _, told = inviting.mails_to(post, world.gina.user.email)
        assert told.subject == "Your password for the Example Valley Health Plan provider portal has changed"
        assert "#" not in told.body
        assert world.browser().sign_in(world.gina.user.email, PASSWORD).status == 401
        assert world.browser().sign_in(world.gina.user.email, NEW_PASSWORD).status == 201
        assert _refusal(self._reset(world, token)) == (410, "link_expired")

    def test_it_ends_after_30_minutes_to_the_second(self, world: World, token: str) -> None:
        """CRD-6."""
        world.time.advance(minutes=30)
        assert _refusal(self._reset(world, token)) == (410, "link_expired")
        world.time.advance(seconds=-1)
        assert self._reset(world, token).status == 204

    def test_the_rule_of_passwords(self, world: World, token: str) -> None:
        """CRD-1: with the names of the person, their practices and the plan."""
        for password in ("Gina-4711-x", "Maple-4711", "Valley-4711"):
            assert self._reset(world, token, password).fields == {("/password", "contains_name")}, password
        assert self._reset(world, token, "short").status == 422
        assert self._reset(world, token).status == 204

    def test_nobody_reads_the_token_but_the_user(self, world: World, token: str) -> None:
        """D7: nor does any table."""
        assert token not in stored.dump()


def test_staff_complete_their_registration_alike(world: World, post: Post) -> None:
    """ACC-11."""
    planner = world.agent("Pia Planner", roles=("plan_administrator",))
    body = {
        "name": "Stan Staff",
        "email": "stan.staff@people.example",
        "phone": "555-0100-9",
        "roles": ["helpdesk"],
        "departments": [],
    }
    made = world.browser(planner).post("/staff", body)
    assert made.status == 201, made.text
    token = inviting.token(post, "stan.staff@people.example")
    shown = inviting.look(world, token).json
    assert (shown["name"], shown["organization"], shown["signs_in_instead"]) == ("Stan Staff", None, False)
    assert inviting.complete(world, token, name="Stan Staff", password="Stan-Staff-1").status == 422
    assert inviting.complete(world, token, name="Stan Staff").status == 200
    signed_in = world.browser().sign_in("stan.staff@people.example", NEW_PASSWORD)
    assert signed_in.json["staff"]["roles"] == ["helpdesk"]
    assert json.loads(signed_in.text)["membership"] is None


def test_somebody_with_a_sign_in_takes_a_place_at_the_plan_by_signing_in(world: World, post: Post) -> None:
    """ACC-11: the mail says so; what was open opens this time, the place at the plan from then on."""
    planner = world.agent("Pia Planner", roles=("plan_administrator",))
    body = {"name": "Gina Sample", "email": world.gina.user.email, "phone": "555-0100-9"}
    made = world.browser(planner).post("/staff", body | {"roles": ["auditor"], "departments": []})
    assert made.status == 201, made.text
    delivery.settle()
    (mail,) = inviting.mails_to(post, world.gina.user.email)
    assert "#" not in mail.body
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).json["staff"] is None
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).json["staff"]["roles"] == ["auditor"]
