"""Every change that people make of themselves by a route, for the tests of records (S-AUD-02)."""

from typing import Any

from tests import bouncing, inviting, later, proofs
from tests.api.account_doings import Do, Doing
from tests.portal import Browser
from tests.world import PASSWORD, World


def _change(world: World, gina: Browser) -> Do:
    return lambda: gina.send("PATCH", "/profile", {"name": "Gina Newname"}, {"If-Match": '"0"'})


def _ask_for_email(world: World, gina: Browser) -> Do:
    return lambda: gina.post("/profile/email", {"email": "gina.elsewhere@people.example"})


def _withdraw_email(world: World, gina: Browser) -> Do:
    _ask_for_email(world, gina)()
    return lambda: gina.delete("/profile/email")


def _choose(world: World, gina: Browser) -> Do:
    body = {"channels": {"USER_MANAGEMENT": "online"}}
    return lambda: gina.send("PUT", "/profile/notices", body, {"If-Match": '"0"'})


def _ask_for_notice_address(world: World, gina: Browser) -> Do:
    return lambda: gina.put("/profile/notices/address", {"email": "gina.notices@people.example"})


def _leave_notice_address(world: World, gina: Browser) -> Do:
    later.set_notice_address(world.gina.user.id, "gina.notices@people.example")
    return lambda: gina.delete("/profile/notices/address")


def _withdraw_notice_address(world: World, gina: Browser) -> Do:
    _ask_for_notice_address(world, gina)()
    return lambda: gina.delete("/profile/notices/waiting-address")


def _mend(world: World, gina: Browser) -> Do:
    bouncing.stop(world.gina, world.time.now)
    world.time.advance(seconds=1)
    return lambda: gina.post("/profile/notices/stops/mend", {"address": world.gina.user.email})


def _change_password(world: World, gina: Browser) -> Do:
    body = {"current": PASSWORD, "password": inviting.NEW_PASSWORD}
    return lambda: gina.put("/profile/password", body)


def _set_questions(world: World, gina: Browser) -> Do:
    return lambda: gina.put("/profile/questions", inviting.ANSWERS)


def _offer_factor(world: World, gina: Browser) -> Do:
    return lambda: gina.post("/profile/factor", {})


def _confirm_factor(world: World, gina: Browser) -> Do:
    app = proofs.App(gina.post("/profile/factor", {}).json["secret"], world.time)
    return lambda: gina.post("/profile/factor/confirmation", {"code": app.code()})


def _remove_factor(world: World, gina: Browser) -> Do:
    app = proofs.enroll(world, world.gina)
    return lambda: gina.send("DELETE", "/profile/factor", {"code": app.code()})


def _renew_codes(world: World, gina: Browser) -> Do:
    proofs.enroll(world, world.gina)
    return lambda: gina.post("/profile/recovery-codes", {})


def _end_session(world: World, gina: Browser) -> Do:
    world.browser(world.gina)
    items: list[dict[str, Any]] = gina.get("/profile/sessions").json["items"]
    (other,) = [item["id"] for item in items if not item["current"]]
    return lambda: gina.delete(f"/profile/sessions/{other}")


def _end_others(world: World, gina: Browser) -> Do:
    world.browser(world.gina)
    return lambda: gina.post("/profile/sessions/end-others", {})


def _prove(world: World, gina: Browser) -> Do:
    return lambda: gina.post("/session/proof", {"password": PASSWORD, "code": None})


def _give_code(world: World, gina: Browser) -> Do:
    app = proofs.enroll(world, world.gina)
    browser = world.browser()
    browser.sign_in(world.gina.user.email, PASSWORD)
    return lambda: browser.post("/session/factor", {"code": app.code()})


DOINGS: dict[str, Doing] = {
    "PATCH /profile": Doing("profile.changed", _change, records=2),
    "POST /profile/email": Doing("email.change_requested", _ask_for_email),
    "DELETE /profile/email": Doing("email.change_withdrawn", _withdraw_email),
    "PUT /profile/notices": Doing("preferences.changed", _choose),
    "PUT /profile/notices/address": Doing("notice_address.requested", _ask_for_notice_address),
    "DELETE /profile/notices/address": Doing("notice_address.changed", _leave_notice_address),
    "DELETE /profile/notices/waiting-address": Doing("notice_address.withdrawn", _withdraw_notice_address),
    "POST /profile/notices/stops/mend": Doing("address.mended", _mend),
    "PUT /profile/password": Doing("password.changed", _change_password, records=2),
    "PUT /profile/questions": Doing("questions.changed", _set_questions),
    "POST /profile/factor": Doing("factor.offered", _offer_factor),
    "POST /profile/factor/confirmation": Doing("factor.enrolled", _confirm_factor, records=2),
    "DELETE /profile/factor": Doing("factor.removed", _remove_factor),
    "POST /profile/recovery-codes": Doing("factor.recovery_codes_renewed", _renew_codes),
    "DELETE /profile/sessions/{session_id}": Doing("session.ended_by_hand", _end_session, records=2),
    "POST /profile/sessions/end-others": Doing("session.ended_by_hand", _end_others, records=2),
    "POST /session/proof": Doing("session.proved", _prove, records=2),
    "POST /session/factor": Doing("session.started", _give_code, records=2),
}
