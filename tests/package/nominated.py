"""A practice's executive names its administrator, and enrollment decides about it (ORG-1)."""

from collections.abc import Callable
from typing import Any

from tests import nominating
from tests.world import World


def nominate(world: World, ask: Callable[..., Any], publish: Callable[[], None]) -> None:
    """From the request on the public page to the seat; once returned, once withdrawn, and in the place of another."""
    desk = world.browser(nominating.enrollment(world, "Nell Fictional"))
    stranger = world.browser()
    ask(stranger, "POST", "/nomination-requests", nominating.REQUESTED, 202)
    (asked, *_) = ask(desk, "GET", "/nomination-requests")["items"]
    practice = nominating.practice(world)
    body = {"organization_id": practice.id}
    ask(desk, "POST", f"/nomination-requests/{asked['id']}/settle", body, 204)
    path = nominating.path(practice)
    for verb in ("withdraw", "return", "approve"):
        if verb != "approve":
            ask(desk, "POST", path, {})
        publish()
        link = {"token": nominating.token(world, practice)}
        ask(stranger, "POST", "/nomination-forms/look", link)
        ask(stranger, "POST", "/nomination-forms/sign", {**nominating.SIGNED, **link}, 204)
        publish()
        (listed, *_) = ask(desk, "GET", "/nominations?state=to_verify")["items"]
        one = f"{path}/{listed['id']}"
        ticks = {"tin_matches": True, "npis_match": True}
        version = ask(desk, "POST", f"{one}/verify", ticks, version=ask(desk, "GET", one)["version"])["version"]
        ask(desk, "POST", f"{one}/print", {}, 202)
        bodies: dict[str, dict[str, Any]] = {"return": {"reason": "Again"}, "approve": {"access_levels": ["claims"]}}
        ask(desk, "POST", f"{one}/{verb}", bodies.get(verb, {}), version=version)
        publish()
    _again(world, ask)
    publish()


def _again(world: World, ask: Callable[..., Any]) -> None:
    """In the place of one who acts, of one who doesn't, and for a member who sits down at once."""
    staff = nominating.enrollment(world, "Nick Fictional")
    desk = world.browser(staff)
    for role, status in (("local_administrator", "active"), ("local_administrator", "inactive")):
        practice = nominating.practice(world)
        world.member(practice, f"Lola Before {world.number()}", role=role, status=status)  # type: ignore[arg-type]
        _approve(world, ask, desk, practice, f"olga{world.number()}@people.example")
    practice = nominating.practice(world)
    member = world.member(practice, f"Mia Member {world.number()}")
    _approve(world, ask, desk, practice, member.user.email)


def _approve(world: World, ask: Callable[..., Any], desk: Any, practice: Any, email: str) -> None:
    found = nominating.of_organization(world, practice.id, administrator_email=email)
    path = nominating.path(practice, found.id)
    ticks = {"tin_matches": True, "npis_match": True}
    version = ask(desk, "POST", f"{path}/verify", ticks, version=found.version)["version"]
    ask(desk, "POST", f"{path}/approve", {}, version=version)
