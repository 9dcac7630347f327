"""Disabled, demoted, or the password changed: the very next request of every other session tells (S-SESS-04, T5)."""

from tests import scale
from tests.portal import Browser
from tests.world import PASSWORD, Account, World


def _edit(chief: Browser, member: Account, verb: str = "", **changes: object) -> None:
    path = f"/members/{member.mailbox}" + (f"/{verb}" if verb else "")
    version = chief.get(f"/members/{member.mailbox}").json["version"]
    answer = chief.send("POST" if verb else "PATCH", path, {"comment": "Why.", **changes}, {"If-Match": f'"{version}"'})
    assert answer.status == 200, answer.text


def test_who_is_disabled_is_out(world: World) -> None:
    """CRD-8: 70 times in the short form, 400 in the long one."""
    world.member(world.maple, "Bea Sample", role="backup_administrator")
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    chief = world.browser(lou)
    for _ in range(scale.repeats(70, 400)):
        session = world.browser(world.gina)
        _edit(chief, world.gina, "disable")
        assert session.get("/session").status == 401
        _edit(chief, world.gina, "enable")


def test_who_is_demoted_administers_no_more(world: World) -> None:
    """CRD-8: the session lives on with what its holder is now."""
    chief = world.browser(world.member(world.maple, "Lou Sample", role="local_administrator"))
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator")
    world.member(world.maple, "Ben Sample", role="backup_administrator")
    session = world.browser(bea)
    for _ in range(scale.repeats(70, 300)):
        assert session.get("/members").status == 200
        _edit(chief, bea, role="general_user")
        assert session.get("/members").status == 403
        _edit(chief, bea, role="backup_administrator")


def test_who_changes_the_password_ends_all_other_sessions(world: World) -> None:
    """S-AUTH-06: their own goes on under another token; the one before it is worth nothing either."""
    passwords = [PASSWORD, *(f"Quiet-Harbor-{number}" for number in range(28, 33))]
    for number in range(scale.repeats(60, 300)):
        current, new = passwords[number % 6], passwords[(number + 1) % 6]
        own, other = world.browser(), world.browser()
        for browser in (own, other):
            browser.device = world.browser().device
            assert browser.sign_in(world.gina.user.email, current).status == 201
        before = own.cookie
        changed = own.keep(own.put("/profile/password", {"current": current, "password": new}))
        assert changed.status == 200, changed.text
        assert other.get("/session").status == 401
        assert own.get("/session").status == 200
        assert own.cookie != before
        own.cookie = before
        assert own.get("/session").status == 401
