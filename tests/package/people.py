"""The part of the day in which people come to their accounts, get back into them, and look after them."""

import re
from collections.abc import Callable

import pyotp
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from app import app
from tests import inviting, own_profiles
from tests.api.every_route import sample
from tests.package.office import Ask
from tests.portal import Browser
from tests.world import World


class People:
    """What they do, step by step. `settle` lets events out and queues be worked."""

    def __init__(self, world: World, ask: Ask, settle: Callable[[], None]) -> None:
        self._world = world
        self._ask = ask
        self._settle = settle

    def register(self) -> None:
        """People ask, are let in, complete their registration, forget their password, are invited elsewhere."""
        world = self._world
        lola, _ = inviting.administrators(world)
        administrator, stranger = world.browser(lola), world.browser()
        for tin in ("000000001", "999999999"):
            self._ask(stranger, "POST", "/registrations", inviting.form(tin=tin), 202)
        self._settle()
        (nora,) = administrator.get("/members", search="nora").json["items"]
        enabled = administrator.send("POST", f"/members/{nora['id']}/enable", {}, {"If-Match": '"1"'})
        assert enabled.status == 200, enabled.text
        self._settle()
        token = {"token": _token("register")}
        self._ask(stranger, "POST", "/registrations/look", token)
        offered = self._ask(stranger, "POST", "/registrations/factor", token)
        answers = {"name": "Nora Newcomer", "password": inviting.NEW_PASSWORD, "accept_terms": True, **inviting.ANSWERS}
        answers["code"] = pyotp.TOTP(offered["secret"]).at(world.time.now)
        self._ask(stranger, "POST", "/registrations/complete", token | answers)
        administrator.post(f"/members/{nora['id']}/password-reset-email", {})
        self._settle()
        self._recover(stranger, {"token": _token("reset")}, offered["secret"])
        inviting.create(administrator, "Peter Specimen")
        self._settle()
        world.browser(world.peter)
        self._settle()

    def _recover(self, stranger: Browser, token: dict[str, str], secret: str) -> None:
        """Somebody answers, shows a code, sets a password; then the helpdesk has them set up again."""
        world, ask = self._world, self._ask
        ask(stranger, "POST", "/password-resets", {"email": "nobody@people.example"}, 202)
        given = {one["question"]: one["answer"] for one in inviting.ANSWERS["questions"]}
        asked = ask(stranger, "POST", "/recovery/look", token)["questions"]
        ask(stranger, "POST", "/recovery/answers", {**token, "answers": ["wrong one", "wrong two"]}, 401)
        ask(stranger, "POST", "/recovery/answers", {**token, "answers": [given[question] for question in asked]})
        world.time.advance(minutes=1)
        ask(stranger, "POST", "/recovery/factor", {**token, "code": pyotp.TOTP(secret).at(world.time.now)})
        ask(stranger, "POST", "/recovery/password", {**token, "password": "Quiet-Harbor-28"}, 204)
        self._settle()

    def help(self) -> None:
        """Cases of the helpdesk: confirmed, declined, withdrawn, and one that ends by itself."""
        world, ask = self._world, self._ask
        dale, sue = world.organization("000000078", "Dale Example Clinic"), world.member(world.maple, "Sue Sample")
        lone = world.member(dale, "Lone Sample", role="local_administrator")
        hela = world.browser(world.agent("Hope Fictional", roles=("helpdesk",)))
        lars = world.browser(world.member(world.maple, "Lars Sample", role="backup_administrator"))
        eli = world.browser(world.agent("Eli Fictional", roles=("enrollment",)))
        ask(hela, "POST", "/helpdesk/people", {"email": sue.user.email})
        for verb in ("decline", "withdraw", "confirm"):
            body = {"user_id": sue.user.id, "membership_id": sue.mailbox, "caller": "S", "reason": "R"}
            case = ask(hela, "POST", "/helpdesk/cases", body, 201)
            self._settle()
            ask(lars, "GET", "/reset-cases")
            ask(lars, "GET", "/attention")
            path = f"/helpdesk/cases/{case['id']}" if verb == "withdraw" else f"/reset-cases/{case['id']}"
            ask(hela if verb == "withdraw" else lars, "POST", f"{path}/{verb}", {})
        self._settle()
        token = {"token": _token("set-up")}
        ask(world.browser(), "POST", "/set-up/look", token)
        offered = ask(world.browser(), "POST", "/set-up/factor", token)
        code = pyotp.TOTP(offered["secret"]).at(world.time.now)
        body = {**token, "password": "Quiet-Harbor-29", "code": code, "questions": inviting.ANSWERS["questions"]}
        ask(world.browser(), "POST", "/set-up/complete", body)
        ask(hela, "GET", f"/helpdesk/cases/{case['id']}")
        body = {"user_id": lone.user.id, "membership_id": lone.mailbox, "caller": "L", "reason": "R"}
        alone = ask(hela, "POST", "/helpdesk/cases", body, 201)
        ask(hela, "GET", "/helpdesk/cases")
        ask(eli, "GET", "/reset-cases")
        ask(eli, "GET", "/attention")
        ask(eli, "POST", f"/reset-cases/{alone['id']}/confirm", {"called_phone_on_record": True})
        self._settle()

    def oneself(self) -> None:
        """People see and change what is on their profile, and are told of it; one signs in with a code."""
        world = self._world
        values = own_profiles.good_values(world, lambda: world.member(world.maple, f"Sid Sample {world.number()}"))
        values["GET /profile"] = {"cookie": world.browser(world.gina).cookie}
        values["POST /session/factor"] = own_profiles.code_wanted(world)
        declared = {f"{route.method} {route.path}": route for route in app.declared}
        for name, given in values.items():
            route = declared[name]
            browser = world.browser()
            browser.cookie = given["cookie"]
            body = sample(route.parameters["body"], given) if "body" in route.parameters else None
            path = route.path.replace("{session_id}", given.get("session_id", ""))
            version = given["version"] if route.edits else None
            self._ask(browser, route.method, path, body, route.status, version=version)
        self._ask(world.browser(), "POST", "/email-confirmations", own_profiles.confirmation(world), 204)
        self._ask(
            world.browser(), "POST", "/notice-address-confirmations", own_profiles.notice_confirmation(world), 204
        )
        self._settle()


def _token(page: str) -> str:
    """The token of the last mailed link to a page."""
    sent = ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return str(re.findall(rf"/{page}#([A-Za-z0-9_-]{{43}})", "".join(mail.body for mail in sent))[-1])
