"""A practice with an administrator, and somebody in it for each thing that an administrator does."""

from typing import Any

from bench import long_works
from bench.long_works import Values
from chalicelib.access_reviews.reviewing import PAGE as REVIEWS
from chalicelib.accounts.routes.members import PAGE
from chalicelib.core.access import Role
from tests import bouncing, review_cards
from tests.portal import Browser
from tests.world import Account, World

_COMMENT = {"comment": "Why."}


def administrator(world: World) -> Account:
    """The local administrator of Maple; it has a backup, and more members, and more to review, than a page shows."""
    for _ in range(REVIEWS):
        world.member(world.maple, f"Due Sample {world.number()}", verified_at=review_cards.LONG_AGO)
    for _ in range(PAGE):
        world.member(world.maple, f"Member Sample {world.number()}")
    world.member(world.maple, "Bea Sample", role="backup_administrator")
    return world.member(world.maple, "Lola Sample", role="local_administrator")


def of_member(world: World, chief: Browser) -> Values:
    """What a member asks for; and somebody with an access level and a second organization to open."""
    twice = member(world)
    _edit(chief, twice, access_levels=["claims"])
    browser = world.browser(twice)
    other = world.also_member(twice, world.birch)
    return {
        "GET /memberships": {"cookie": browser.cookie},
        "GET /features/{access_level}": {"cookie": browser.cookie, "access_level": "claims"},
        "POST /access-requests": {"access_level": "eligibility"},
        "PUT /session/membership": {"cookie": browser.cookie, "membership_id": other.mailbox},
    }


def of_administrator(world: World, account: Account, browser: Browser) -> Values:
    """Whom to do it to, by route; each change has somebody of its own."""
    changed, left = member(world), member(world)
    _edit(browser, left, comment="An entry.")
    expected = member(world, "backup_administrator")
    about = "/members/{membership_id}"
    return {
        **long_works.imports(account, browser),
        "GET /members": {"search": ""},
        "POST /members": {
            "name": "Nora Newcomer",
            "email": "nora.newcomer@people.example",
            "phone": "555-0100-7",
            "role": "general_user",
        },
        f"GET {about}": _target(left),
        f"GET {about}/history": _target(left),
        f"PATCH {about}": _target(changed, role="general_user", access_levels=["claims"], **_COMMENT),
        f"POST {about}/enable": _target(world.member(world.maple, "Wait Sample", status="verification_pending")),
        f"POST {about}/reject": _target(
            world.member(world.maple, "Wanda Sample", status="verification_pending"), **_COMMENT
        ),
        f"POST {about}/disable": _target(member(world), **_COMMENT),
        f"POST {about}/remove": _target(_asking(world), **_COMMENT),
        f"POST {about}/registration-email": _target(world.member(world.maple, "Una Sample", status="unverified")),
        f"POST {about}/password-reset-email": _target(member(world)),
        "GET /reviews/{membership_id}": review_cards.good_decision(world),
        "POST /reviews/{membership_id}": {**review_cards.good_decision(world), "version": 0},
        f"POST {about}/stops/mend": _target(bouncing.stop(member(world), world.time.now)),
        "POST /access-requests/grant": _target(_asking(world), access_level="eligibility"),
        "POST /access-requests/dismiss": _target(_asking(world), access_level="eligibility"),
        "POST /roster/handover": _target(expected, former_becomes="backup_administrator"),
        "DELETE /roster/handover": {"cookie": _promising(world).cookie},
    }


def member(world: World, role: Role = "general_user") -> Account:
    """Somebody of Maple, for one thing alone."""
    return world.member(world.maple, f"Other Sample {world.number()}", role=role)


def _asking(world: World) -> Account:
    """Somebody who asks for an access level."""
    account = member(world)
    assert world.browser(account).post("/access-requests", {"access_level": "eligibility"}).status == 201
    return account


def _promising(world: World) -> Browser:
    """The administrator of another practice, whose seat waits for somebody; it has a backup too."""
    world.member(world.birch, "Ben Specimen", role="backup_administrator")
    browser = world.browser(world.member(world.birch, "Paul Specimen", role="local_administrator"))
    successor = world.member(world.birch, "Sue Specimen", status="unverified")
    promised = {"membership_id": successor.mailbox, "former_becomes": "general_user"}
    assert browser.post("/roster/handover", promised).status == 200
    return browser


def _edit(browser: Browser, account: Account, **changes: Any) -> None:
    answer = browser.send("PATCH", f"/members/{account.mailbox}", changes, {"If-Match": '"0"'})
    assert answer.status == 200, answer.text


def _target(account: Account, **values: Any) -> dict[str, Any]:
    """A member whose history has no entry yet."""
    return {"membership_id": account.mailbox, "version": 0, **values}
