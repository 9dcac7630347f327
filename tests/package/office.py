"""The part of the day in which administrators of a practice and of the plan run their people's accounts."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import requests

from tests import belongings, two_of_plan
from tests.package import practices
from tests.portal import Browser
from tests.world import World

Ask = Callable[..., Any]
"""`Journey.ask`: browser, method, path, body, status; the answer."""

_ROWS = (
    b"name,email,phone,role,access_levels,providers,one_person\r\n"
    b"Ines Import,ines@people.example,555-010-0190,backup_administrator,claims,1234567893,yes\r\n"
    b"Otto Import,not an address,555-010-0191,,,,\r\n"
    b"Gina Sample,gina.sample@people.example,555-010-0192,,,,\r\n"
)


class Office:
    """What is done, step by step. `settle` lets events out and queues be worked."""

    def __init__(self, world: World, ask: Ask, settle: Callable[[], None]) -> None:
        self._world = world
        self._ask = ask
        self._settle = settle

    def practice(self) -> None:
        """A practice of its own: members, the seat, requests for access, files, two organizations."""
        world = self._world
        clinic = world.organization("000000077", "Cedar Example Clinic")
        lars = world.member(clinic, "Lars Placeholder", role="local_administrator")
        bela = world.member(clinic, "Bela Placeholder", role="backup_administrator")
        gast = world.member(clinic, "Gast Sample")
        world.also_member(gast, world.birch)
        admin = world.browser(lars)
        self._members(admin)
        self._seat(admin, bela.mailbox)
        guest = world.browser(gast)
        for membership in sorted(
            self._ask(guest, "GET", "/memberships")["items"], key=lambda one: one["id"] == gast.mailbox
        ):
            self._ask(guest, "PUT", "/session/membership", {"membership_id": membership["id"]})
        self._access(guest, world.browser(bela), gast.mailbox)
        self._files(world.browser(bela))
        self._reviews(world.browser(bela), gast.mailbox)

    def _members(self, admin: Browser) -> None:
        ask, world = self._ask, self._world
        new = {"name": "Mona Example", "email": "mona@people.example", "phone": "555-010-0180"}
        mona = ask(admin, "POST", "/members", {**new, "role": "backup_administrator", "access_levels": ["claims"]}, 201)
        for sort in ("status", "name", "email", "role"):
            ask(admin, "GET", f"/members?sort={sort}&attention=true")
        ask(admin, "GET", "/members?search=mona")
        path = f"/members/{mona['id']}"
        ask(admin, "POST", f"{path}/registration-email", {}, 202)
        self._edit(admin, path, "PATCH", "", {"role": "general_user", "comment": "A comment"})
        self._edit(admin, path, "POST", "/disable", {"comment": "Away"})
        self._edit(admin, path, "POST", "/enable", {})
        self._edit(admin, path, "POST", "/remove", {})
        ask(admin, "GET", f"{path}/history")
        stranger = {"name": "Rex Example", "email": "rex@people.example", "phone": "555-010-0181", "tin": "000000077"}
        ask(world.browser(), "POST", "/registrations", stranger, 202)
        self._settle()
        (rex,) = ask(admin, "GET", "/members?search=rex")["items"]
        self._edit(admin, f"/members/{rex['id']}", "POST", "/reject", {"comment": "Unknown here"})
        (gast,) = ask(admin, "GET", "/members?search=gast")["items"]
        ask(admin, "POST", f"/members/{gast['id']}/password-reset-email", {}, 202)
        ask(admin, "POST", f"/members/{gast['id']}/stops/mend", {}, 204)
        waits = {"name": "Vera Unanswered", "email": "vera@people.example", "phone": "555-010-0182"}
        ask(admin, "POST", "/members", waits, 201)
        self._settle()

    def _seat(self, admin: Browser, backup: str) -> None:
        ask = self._ask
        ask(admin, "GET", "/roster")
        (vera,) = ask(admin, "GET", "/members?search=vera")["items"]
        planned = {"membership_id": vera["id"], "former_becomes": "backup_administrator"}
        ask(admin, "POST", "/roster/handover", planned)
        ask(admin, "DELETE", "/roster/handover")
        ask(admin, "GET", "/attention")
        ask(admin, "GET", "/sharing-signals")
        ask(admin, "GET", "/sharing-signals/own")
        ask(admin, "POST", "/roster/handover", {**planned, "membership_id": backup})
        self._settle()

    def _access(self, guest: Browser, admin: Browser, membership: str) -> None:
        ask = self._ask
        ask(guest, "GET", "/features")
        ask(guest, "GET", "/features/claims", status=403)
        ask(guest, "GET", "/administrators")
        for level in ("claims", "eligibility"):
            ask(guest, "POST", "/access-requests", {"access_level": level}, 201)
        ask(admin, "GET", "/access-requests")
        ask(admin, "GET", "/attention")
        ask(admin, "POST", "/access-requests/grant", {"membership_id": membership, "access_level": "claims"}, 204)
        ask(
            admin, "POST", "/access-requests/dismiss", {"membership_id": membership, "access_level": "eligibility"}, 204
        )
        self._settle()

    def _reviews(self, admin: Browser, membership: str) -> None:
        ask, path = self._ask, f"/reviews/{membership}"
        shown = ask(admin, "GET", path)
        body = {"decision": "keep", "seen": shown["seen"], "reason": "Known"}
        ask(admin, "POST", path, body, version=shown["version"])
        ask(admin, "GET", "/reviews?who=everyone")
        ask(admin, "GET", "/attention")
        ask(admin, "GET", "/review-decisions")
        ask(admin, "POST", "/review-exports", {}, 202)
        auditor = self._world.browser(self._world.agent("Aude Fictional", roles=("auditor",)))
        ask(auditor, "GET", f"/organizations/{self._world.maple.id}/review-decisions")
        self._settle()

    def _files(self, admin: Browser) -> None:
        ask = self._ask
        for sort in ("status", "name", "email", "role"):
            ask(admin, "POST", "/members/exports", {"sort": sort}, 202)
        sha256 = base64.b64encode(hashlib.sha256(_ROWS).digest()).decode()
        announced = ask(admin, "POST", "/member-imports", {"size": len(_ROWS), "sha256": sha256}, 201)
        sent = requests.post(announced["url"], data=announced["fields"], files={"file": _ROWS}, timeout=5)
        assert sent.status_code == 204, sent.text
        ask(admin, "POST", f"/work/{announced['work_id']}/begin", {})
        self._settle()
        ask(admin, "GET", f"/member-imports/{announced['work_id']}/problems")
        ask(admin, "POST", f"/member-imports/{announced['work_id']}/run", {}, 202)
        self._settle()

    def plan(self) -> None:
        """The plan's own people."""
        ask, world = self._ask, self._world
        world.agent("Pia Fictional", roles=("plan_administrator",))
        paul = world.browser(world.agent("Paul Fictional", roles=("plan_administrator",)))
        ask(paul, "GET", "/departments")
        ask(paul, "GET", "/attention")
        team = ask(paul, "POST", "/departments", {"name": "Network Team", "category": "Network"}, 201)
        ask(paul, "PATCH", f"/departments/{team['id']}", {"active": False}, version=team["version"])
        new = {"name": "Zara Fictional", "email": "zara@people.example", "phone": "555-010-0185"}
        zara = ask(paul, "POST", "/staff", {**new, "roles": ["plan_administrator"]}, 201)
        self._settle()
        ask(paul, "GET", "/staff?search=zara")
        path = f"/staff/{zara['id']}"
        ask(paul, "POST", f"{path}/registration-email", {}, 202)
        self._edit(paul, path, "PATCH", "", {"roles": ["department_agent"], "departments": [world.credentialing.id]})
        self._edit(paul, path, "POST", "/disable", {"comment": "Left"})
        self._edit(paul, path, "POST", "/enable", {})
        ask(paul, "GET", f"{path}/history")
        (pia,) = ask(paul, "GET", "/staff?search=pia")["items"]
        ask(paul, "POST", f"/staff/{pia['id']}/password-reset-email", {}, 202)
        ask(paul, "POST", f"/staff/{pia['id']}/stops/mend", {}, 204)
        self._edit(paul, f"/staff/{pia['id']}", "POST", "/review", {"decision": "keep"})
        self._edit(paul, f"/staff/{pia['id']}", "POST", "/disable", {"comment": "Left"})
        self._settle()
        self._two()
        practices.change(world, ask, self._settle)

    def _two(self) -> None:
        """Two of enrollment review the only administrator of a practice."""
        ask, world = self._ask, self._world
        eve, finn = (
            world.browser(world.agent(name, roles=("enrollment",))) for name in ("Eve Fictional", "Finn Fictional")
        )
        ask(eve, "GET", "/administrator-reviews")
        decided = two_of_plan.good_decision(world)
        whom = decided.pop("organization_id"), decided.pop("membership_id")
        path = f"/administrator-reviews/{whom[0]}/{whom[1]}"
        ask(eve, "POST", path, decided, version=0)
        ask(eve, "POST", f"{path}/withdraw", {"need": "review", "first_at": _written(whom)}, 204)
        for one in (eve, finn):
            ask(one, "POST", path, {**decided, "first_at": _written(whom)}, version=0)
        self._settle()
        self._oversee(eve)

    def _oversee(self, eve: Browser) -> None:
        """A practice is called to review, and somebody looks into what was decided too fast."""
        ask, world = self._ask, self._world
        by = (world.time.now + timedelta(days=20)).date().isoformat()
        ask(eve, "POST", "/review-calls", {"organization_ids": [world.birch.id], "by": by}, 201)
        self._settle()
        ask(eve, "GET", "/review-calls")
        for state in ("late", "open", "without_administrator", "all"):
            ask(eve, "GET", f"/review-overview?state={state}")
        ask(eve, "GET", f"/review-overview/{world.birch.id}")
        suspect = belongings.suspected(world, world.gina)
        ask(eve, "GET", "/suspect-reviews")
        ask(eve, "POST", f"/suspect-reviews/{suspect}/settle", {"finding": "Known to her"})
        ask(eve, "GET", "/attention")

    def _edit(self, browser: Browser, path: str, method: str, rest: str, body: dict[str, Any]) -> None:
        version = self._ask(browser, "GET", path)["version"]
        self._ask(browser, method, path + rest, body, version=version)


def _written(whom: tuple[str, str]) -> str | None:
    """When the first of two decided about an administrator of a practice, as a request names it."""
    at = two_of_plan.first_at(*whom)
    return None if at is None else at.isoformat()
