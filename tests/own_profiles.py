"""Good requests about oneself, each by a person of its own: what they renew changes their session (S-AUTH-06)."""

from collections.abc import Callable
from typing import Any

from tests import bouncing, inviting, later, proofs
from tests.portal import Browser
from tests.world import PASSWORD, Account, World

Values = dict[str, dict[str, Any]]
"""By route, then by the names of places and fields; `cookie` is of whoever asks."""


def good_values(world: World, somebody: Callable[[], Account]) -> Values:
    """For every route of the profile that changes something, by somebody new."""
    elsewhere = {"email": f"another{world.number()}@people.example"}
    return {
        "DELETE /session": _asks(world, somebody()),
        "POST /session/proof": {**_asks(world, somebody()), "password": PASSWORD, "code": None},
        "PATCH /profile": {**_asks(world, somebody()), "name": "Another Sample", "version": 0},
        "POST /profile/email": {**_asks(world, somebody()), **elsewhere},
        "DELETE /profile/email": _asks(world, somebody()),
        "GET /profile/notices": _asks(world, somebody()),
        "PUT /profile/notices": {
            **_asks(world, somebody()),
            "channels": {"SECURE_MESSAGING": "email", "USER_MANAGEMENT": "online"},
            "version": 0,
        },
        "PUT /profile/notices/address": {**_asks(world, somebody()), **elsewhere},
        "DELETE /profile/notices/address": _with_notice_address(world, somebody()),
        "DELETE /profile/notices/waiting-address": _asks(world, somebody()),
        "POST /profile/notices/stops/mend": _with_stop(world, somebody()),
        "PUT /profile/password": {
            **_asks(world, somebody()),
            "current": PASSWORD,
            "password": inviting.NEW_PASSWORD,
        },
        "PUT /profile/questions": {**_asks(world, somebody()), **inviting.ANSWERS},
        "POST /profile/factor": _asks(world, somebody()),
        "POST /profile/factor/confirmation": _confirms(world, somebody()),
        "DELETE /profile/factor": _with_factor(world, somebody()),
        "POST /profile/recovery-codes": _with_factor(world, somebody()),
        "GET /profile/sessions": _asks(world, somebody()),
        "DELETE /profile/sessions/{session_id}": _ends(world, somebody()),
        "POST /profile/sessions/end-others": _ends(world, somebody()),
    }


def code_wanted(world: World) -> dict[str, Any]:
    """Somebody who gave the right password and is asked for a code (CRD-9)."""
    account = world.member(world.maple, f"Cody Sample {world.number()}")
    app = proofs.enroll(world, account)
    browser = world.browser()
    assert browser.sign_in(account.user.email, PASSWORD).json["stage"] == "factor"
    return {"cookie": browser.cookie, "code": app.code()}


def confirmation(world: World) -> dict[str, Any]:
    """A link to a new address that waits to be confirmed."""
    mover = world.member(world.maple, f"Mo Sample {world.number()}")
    asked = {"email": f"mover{world.number()}@people.example"}
    answer = world.browser(mover).post("/profile/email", asked)
    assert answer.status == 202, answer.text
    return {"token": inviting.link(world, mover.user.id, "email_change", asked["email"])}


def notice_confirmation(world: World) -> dict[str, Any]:
    """A link to an address for notices that waits to be confirmed."""
    mover = world.member(world.maple, f"Mona Sample {world.number()}")
    asked = {"email": f"mona{world.number()}@people.example"}
    answer = world.browser(mover).put("/profile/notices/address", asked)
    assert answer.status == 202, answer.text
    return {"token": inviting.link(world, mover.user.id, "notice_address", asked["email"])}


def _asks(world: World, account: Account) -> dict[str, Any]:
    return {"cookie": world.browser(account).cookie}


def _with_notice_address(world: World, account: Account) -> dict[str, Any]:
    later.set_notice_address(account.user.id, f"notices{world.number()}@people.example")
    return _asks(world, account)


def _with_stop(world: World, account: Account) -> dict[str, Any]:
    bouncing.stop(account, world.time.now)
    world.time.advance(seconds=1)
    return {**_asks(world, account), "address": account.user.email}


def _confirms(world: World, account: Account) -> dict[str, Any]:
    browser = world.browser(account)
    app = proofs.App(browser.post("/profile/factor", {}).json["secret"], world.time)
    return {"cookie": browser.cookie, "code": app.code()}


def _with_factor(world: World, account: Account) -> dict[str, Any]:
    cookie = world.browser(account).cookie
    return {"cookie": cookie, "code": proofs.enroll(world, account).code()}


def _ends(world: World, account: Account) -> dict[str, Any]:
    world.browser(account)
    browser: Browser = world.browser(account)
    items = browser.get("/profile/sessions").json["items"]
    return {"cookie": browser.cookie, "session_id": next(item["id"] for item in items if not item["current"])}
