"""Every change of an account by a route: what is there before, the request, and the record it leaves (S-AUD-02)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec

from chalicelib.core.access import Role
from tests import (
    belongings,
    bouncing,
    later,
    nominating,
    recovering,
    review_cards,
    two_changes,
    two_of_plan,
    vacant_seats,
)
from tests.portal import Answer, Browser
from tests.world import Account, World

Do = Callable[[], Answer]
KEY = "the-key-of-the-test"


class Doing(msgspec.Struct, frozen=True):
    """A route that changes something, done by Gina unless `who` names another."""

    action: str
    prepare: Callable[[World, Browser], Do]
    who: str = "gina"
    records: int = 1
    """Audit records in its transaction, its own among them."""
    of_practice: bool = False
    """Whether what somebody of the plan does stands in the journal of the practice that it is about."""


def person(world: World, who: str) -> Account:
    """Gina, Ada of Credentialing, an administrator beside a backup, or somebody of the plan in another role."""
    if who == "gina":
        return world.gina
    if who == "ada":
        return world.ada
    if who == "lou":
        _member(world, "Bea Placeholder", "backup_administrator")
        return _member(world, "Lou Placeholder", "local_administrator")
    if who == "hope":
        return world.agent("Hope Fictional", roles=("helpdesk",))
    world.agent("Pia Fictional", roles=("plan_administrator",))
    if who == "eve":
        return world.agent("Eve Fictional", roles=("enrollment",))
    if who == "audra":
        return world.agent("Audra Fictional", roles=("auditor",))
    return world.agent("Paula Fictional", roles=("plan_administrator",))


def _member(world: World, name: str, role: Role = "general_user") -> Account:
    return world.member(world.maple, name, role=role)


def _new_member(world: World, browser: Browser) -> Do:
    body = {"name": "Nora Newcomer", "email": "nora@people.example", "phone": "555-0177"}
    return lambda: browser.post("/members", body, KEY)


def _change_member(world: World, browser: Browser) -> Do:
    cole = _member(world, "Cole Sample")
    body = {"access_levels": ["claims"]}
    return lambda: browser.send("PATCH", f"/members/{cole.mailbox}", body, {"If-Match": '"0"'})


def _move_member(verb: str, status: Any) -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        cole = _member(world, "Cole Sample")
        later.set_status(cole, status)
        path = f"/members/{cole.mailbox}/{verb}"
        return lambda: browser.send("POST", path, {"comment": "Because"}, {"If-Match": '"0"'})

    return prepare


def _mail_member(mail: str, status: Any) -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        cole = _member(world, "Cole Sample")
        later.set_status(cole, status)
        return lambda: browser.post(f"/members/{cole.mailbox}/{mail}", {})

    return prepare


def _mend_member(world: World, browser: Browser) -> Do:
    bouncing.stop(world.gina, world.time.now)
    world.time.advance(seconds=1)
    return lambda: browser.post(f"/members/{world.gina.mailbox}/stops/mend", {})


def _mend_staff(world: World, browser: Browser) -> Do:
    bouncing.stop(world.ada, world.time.now)
    world.time.advance(seconds=1)
    return lambda: browser.post(f"/staff/{world.ada.user.id}/stops/mend", {})


def _hand_over(world: World, browser: Browser) -> Do:
    body = {"membership_id": world.gina.mailbox, "former_becomes": "general_user"}
    return lambda: browser.post("/roster/handover", body)


def _cancel_handover(world: World, browser: Browser) -> Do:
    cole = _member(world, "Cole Sample")
    later.set_status(cole, "unverified")
    body = {"membership_id": cole.mailbox, "former_becomes": "general_user"}
    assert browser.post("/roster/handover", body).status == 200
    return lambda: browser.delete("/roster/handover")


def _ask(world: World, browser: Browser) -> Do:
    return lambda: browser.post("/access-requests", {"access_level": "claims"}, KEY)


def _answer(how: str) -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        asked = world.browser(world.gina).post("/access-requests", {"access_level": "claims"})
        assert asked.status == 201, asked.text
        body = {"membership_id": world.gina.mailbox, "access_level": "claims"}
        return lambda: browser.post(f"/access-requests/{how}", body)

    return prepare


def _switch(world: World, browser: Browser) -> Do:
    opened = browser.get("/session").json["membership"]["id"]
    other = world.also_member(world.gina, world.birch)
    assert opened == world.gina.mailbox
    back = {"membership_id": world.gina.mailbox}
    assert browser.put("/session/membership", {"membership_id": other.mailbox}).status == 200
    return lambda: browser.put("/session/membership", back)


def _new_staff(world: World, browser: Browser) -> Do:
    body = {"name": "Nora Fictional", "email": "nora@plan.example", "phone": "555-0100", "roles": ["helpdesk"]}
    return lambda: browser.post("/staff", body, KEY)


def _staff(verb: str, status: str = "active") -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        if status == "disabled":
            later.deactivate(world.ada)
        path, headers = f"/staff/{world.ada.user.id}{verb}", {"If-Match": '"0"'}
        if not verb:
            return lambda: browser.send("PATCH", path, {"roles": ["auditor"]}, headers)
        return lambda: browser.send("POST", path, {"comment": "Because"} if "email" not in verb else {}, headers)

    return prepare


def _review_staff(world: World, browser: Browser) -> Do:
    path = f"/staff/{world.ada.user.id}/review"
    return lambda: browser.send("POST", path, {"decision": "keep"}, {"If-Match": '"0"'})


def _by_two(world: World, browser: Browser) -> Do:
    asked = two_of_plan.good_decision(world)
    path = f"/administrator-reviews/{asked.pop('organization_id')}/{asked.pop('membership_id')}"
    return lambda: browser.send("POST", path, asked, {"If-Match": '"0"'})


def _withdraw_first(world: World, browser: Browser) -> Do:
    first = two_of_plan.first_decided(world)
    path = f"/administrator-reviews/{first['organization_id']}/{first['membership_id']}/withdraw"
    return lambda: browser.post(path, {name: first[name] for name in ("need", "first_at")})


def _nominate(world: World, browser: Browser) -> Do:
    path = nominating.path(nominating.practice(world))
    return lambda: browser.post(path, {}, KEY)


def _nomination(verb: str, **body: Any) -> Callable[[World, Browser], Do]:
    """What enrollment does about a form that was signed, and verified by somebody else."""

    def prepare(world: World, browser: Browser) -> Do:
        practice = nominating.practice(world)
        before = nominating.verified(world, practice, nominating.enrollment(world, "Fay Fictional"))
        path, headers = nominating.path(practice, before.id, verb), {"If-Match": f'"{before.version}"'}
        return lambda: browser.post(path, body, KEY, **headers)

    return prepare


def _settle_request(world: World, browser: Browser) -> Do:
    path = f"/nomination-requests/{nominating.asked(world)}/settle"
    return lambda: browser.post(path, {})


def _approve_for_seat(world: World, browser: Browser) -> Do:
    practice, backup = vacant_seats.practice(world)
    return lambda: browser.post(f"/organizations/{practice.id}/seat", {"membership_id": backup.mailbox})


def _invite_again(world: World, browser: Browser) -> Do:
    invited = vacant_seats.good_invitation(world)
    path = f"/organizations/{invited['organization_id']}/invitations/{invited['membership_id']}"
    return lambda: browser.post(path, {}, KEY)


def _organization(world: World, browser: Browser) -> Do:
    return lambda: browser.post("/organizations", two_changes.NEW, KEY)


def _change_organization(world: World, browser: Browser) -> Do:
    path = f"/organizations/{world.maple.id}"
    return lambda: browser.send("PATCH", path, {"relations_contact": "Somebody"}, {"If-Match": '"1"'})


def _propose(world: World, browser: Browser) -> Do:
    return lambda: browser.post(f"/organizations/{world.maple.id}/changes", {"kind": "close"}, KEY)


def _proposed(verb: str) -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        good = two_changes.good_values(world)
        path = "/organizations/{organization_id}/changes/{kind}"
        if verb == "withdraw":
            return lambda: browser.delete(path.format(**good[f"DELETE {path}"]))
        asked = good[f"POST {path}/confirm"]
        body = {"seen": asked["seen"], "tin_matches": True}
        return lambda: browser.post(f"{path}/confirm".format(**asked), body)

    return prepare


def _invite_staff(world: World, browser: Browser) -> Do:
    id_ = _new_staff(world, browser)().json["id"]
    return lambda: browser.post(f"/staff/{id_}/registration-email", {})


def _open_case(world: World, browser: Browser) -> Do:
    body = {"user_id": world.ada.user.id, "caller": "Ada", "reason": "Why"}
    return lambda: browser.post("/helpdesk/cases", body, KEY)


def _case(verb: str) -> Callable[[World, Browser], Do]:
    def prepare(world: World, browser: Browser) -> Do:
        of_plan = verb == "withdraw"
        case_id = recovering.case_about(world, world.ada if of_plan else world.gina)
        path = f"/helpdesk/cases/{case_id}/withdraw" if of_plan else f"/reset-cases/{case_id}/{verb}"
        return lambda: browser.post(path, {})

    return prepare


def _review(world: World, browser: Browser) -> Do:
    asked = review_cards.good_decision(world)
    path = f"/reviews/{asked.pop('membership_id')}"
    return lambda: browser.send("POST", path, asked, {"If-Match": '"0"'})


def _call_review(world: World, browser: Browser) -> Do:
    by = (world.time.now + timedelta(days=20)).date().isoformat()
    return lambda: browser.post("/review-calls", {"organization_ids": None, "by": by}, KEY)


def _settle_suspect(world: World, browser: Browser) -> Do:
    path = f"/suspect-reviews/{belongings.suspected(world, world.gina)}/settle"
    return lambda: browser.post(path, {"finding": "Fine"})


DOINGS: dict[str, Doing] = {
    "POST /review-calls": Doing("review.called", _call_review, "eve"),
    "POST /suspect-reviews/{suspect_id}/settle": Doing(
        "suspect_review.settled", _settle_suspect, "eve", of_practice=True
    ),
    "POST /reviews/{membership_id}": Doing("review.decided", _review, "lou"),
    "POST /helpdesk/cases": Doing("reset_case.opened", _open_case, "hope"),
    "POST /helpdesk/cases/{case_id}/withdraw": Doing("reset_case.withdrawn", _case("withdraw"), "hope"),
    "POST /reset-cases/{case_id}/confirm": Doing("reset_case.confirmed", _case("confirm"), "lou"),
    "POST /reset-cases/{case_id}/decline": Doing("reset_case.declined", _case("decline"), "lou"),
    "POST /members": Doing("member.created", _new_member, "lou"),
    "PATCH /members/{membership_id}": Doing("member.changed", _change_member, "lou"),
    "POST /members/{membership_id}/enable": Doing("member.enable", _move_member("enable", "disabled"), "lou"),
    "POST /members/{membership_id}/disable": Doing("member.disable", _move_member("disable", "active"), "lou"),
    "POST /members/{membership_id}/reject": Doing(
        "member.reject", _move_member("reject", "verification_pending"), "lou"
    ),
    "POST /members/{membership_id}/remove": Doing("member.remove", _move_member("remove", "active"), "lou"),
    "POST /members/{membership_id}/registration-email": Doing(
        "member.invited_again", _mail_member("registration-email", "unverified"), "lou"
    ),
    "POST /members/{membership_id}/password-reset-email": Doing(
        "member.password_reset_sent", _mail_member("password-reset-email", "active"), "lou"
    ),
    "POST /members/{membership_id}/stops/mend": Doing("address.mended", _mend_member, "lou"),
    "POST /roster/handover": Doing("administrators.handed_over", _hand_over, "lou"),
    "DELETE /roster/handover": Doing("administrators.handover_cancelled", _cancel_handover, "lou"),
    "POST /access-requests": Doing("access.requested", _ask),
    "POST /access-requests/grant": Doing("member.changed", _answer("grant"), "lou"),
    "POST /access-requests/dismiss": Doing("access.dismissed", _answer("dismiss"), "lou"),
    "PUT /session/membership": Doing("membership.opened", _switch, records=2),
    "POST /staff": Doing("staff.created", _new_staff, "paula"),
    "PATCH /staff/{user_id}": Doing("staff.changed", _staff(""), "paula"),
    "POST /staff/{user_id}/enable": Doing("staff.enable", _staff("/enable", "disabled"), "paula"),
    "POST /staff/{user_id}/disable": Doing("staff.disable", _staff("/disable"), "paula"),
    "POST /staff/{user_id}/review": Doing("staff.verify", _review_staff, "paula"),
    "POST /organizations/{organization_id}/nominations": Doing("nomination.sent", _nominate, "eve", of_practice=True),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/verify": Doing(
        "nomination.verified", _nomination("verify", tin_matches=True, npis_match=True), "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/approve": Doing(
        "nomination.approved", _nomination("approve"), "eve", records=2, of_practice=True
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/return": Doing(
        "nomination.returned", _nomination("return", reason="Why"), "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/withdraw": Doing(
        "nomination.withdrawn", _nomination("withdraw"), "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/nominations/{nomination_id}/print": Doing(
        "nomination.printed", _nomination("print"), "eve", of_practice=True
    ),
    "POST /nomination-requests/{request_id}/settle": Doing("nomination_request.settled", _settle_request, "eve"),
    "POST /administrator-reviews/{organization_id}/{membership_id}": Doing(
        "two.first", _by_two, "eve", of_practice=True
    ),
    "POST /administrator-reviews/{organization_id}/{membership_id}/withdraw": Doing(
        "two.withdrawn", _withdraw_first, "eve", of_practice=True
    ),
    "POST /organizations": Doing("organization.created", _organization, "eve", of_practice=True),
    "PATCH /organizations/{organization_id}": Doing(
        "organization.changed", _change_organization, "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/changes": Doing(
        "organization.change_proposed", _propose, "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/changes/{kind}/confirm": Doing(
        "organization.change_confirmed", _proposed("confirm"), "eve", of_practice=True
    ),
    "DELETE /organizations/{organization_id}/changes/{kind}": Doing(
        "organization.change_withdrawn", _proposed("withdraw"), "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/seat": Doing(
        "administrators.seat_approved", _approve_for_seat, "eve", of_practice=True
    ),
    "POST /organizations/{organization_id}/invitations/{membership_id}": Doing(
        "member.invited_again", _invite_again, "eve", of_practice=True
    ),
    "POST /staff/{user_id}/registration-email": Doing("staff.invited_again", _invite_staff, "paula"),
    "POST /staff/{user_id}/password-reset-email": Doing(
        "staff.password_reset_sent", _staff("/password-reset-email"), "paula"
    ),
    "POST /staff/{user_id}/stops/mend": Doing("address.mended", _mend_staff, "paula"),
}
