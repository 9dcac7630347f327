"""The part of the day about the public directory, features in phases and contacts by topic (ORG-6, ORG-8, PLT-6)."""

from collections.abc import Callable
from typing import Any

from tests.asked_by_directory import FORM
from tests.world import World

Ask = Callable[..., Any]
"""`Journey.ask`: browser, method, path, body, status; the answer."""


def fill(world: World, ask: Ask, settle: Callable[[], None]) -> None:
    """Somebody asks for a practice that has an administrator and for one of nobody's; the plan switches features."""
    fir = world.organization("000000088", "Fir Example Clinic")
    admin = world.browser(world.member(fir, "Finn Placeholder", role="local_administrator"))
    enid = world.browser(world.agent("Edda Fictional", roles=("enrollment",)))
    stranger = world.browser()
    for tin, answerer in ((fir.tin, admin), ("99-9999999", enid)):
        ask(stranger, "POST", "/directory", {"tin": tin})
        ask(stranger, "POST", "/directory/requests", {**FORM, "tin": tin}, 202)
        settle()
        ask(answerer, "GET", "/attention")
        waiting = ask(answerer, "GET", "/directory-requests")["items"]
        ask(answerer, "POST", f"/directory-requests/{waiting[0]['id']}/settle", {}, 204)
    paula = world.browser(world.agent("Pola Fictional", roles=("plan_administrator",)))
    contacts = ask(paula, "GET", "/plan/contacts")
    body = {"contacts": [{"topic": "network", "email": "network@plan.example"}]}
    ask(paula, "PUT", "/plan/contacts", body, version=contacts["version"])
    ask(paula, "GET", "/phases/waves")
    ask(paula, "GET", "/phases/organizations")
    ask(paula, "PUT", f"/phases/{fir.id}/claims", {"on_date": "2026-04-01"}, version=0)
    ask(paula, "GET", "/phases?scope=organization")
    shown = ask(paula, "GET", f"/phases/{fir.id}")
    ask(paula, "DELETE", f"/phases/{fir.id}/claims", version=shown["version"])
    settle()
