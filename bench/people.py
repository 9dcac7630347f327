"""People with a full portal before them, and a good request of theirs to every route."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec

from app import app
from bench import correspondence, desk, long_works, plan_office, practice, visitors
from bench.long_works import Values
from chalicelib.core.http import Route
from tests import asked_by_directory, own_profiles, recovering
from tests.api.every_route import MUTATING, Request, places, sample
from tests.portal import in_process
from tests.settings import ORIGIN
from tests.world import PASSWORD, Account, World

# What anybody asks for, where the plainest value would change nothing or ask for something else.
_ASKED: Values = {
    "PATCH /mailboxes/{mailbox_id}/messages": {"read": True, "box": "archived"},
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/read": {"read": True},
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/box": {"box": "archived"},
    "GET /mailboxes/{mailbox_id}/{box}": {"search": "", "sort": "subject"},
    "GET /recipients": {"kind": "member", "search": ""},
}
# Where it makes a difference whether somebody is an administrator, though others may ask too.
_ALSO_ADMINISTRATORS = ("GET /attention",)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asks: their cookie, and values that are good for them, by the names of fields."""

    name: str
    account: Account | None = None
    """None for whoever is not signed in."""
    cookie: str = ""
    known: dict[str, Any] = {}
    alone: Values = {}
    """What is good for one route alone goes before it; `cookie` and `version` are not of the request itself."""
    like: str = ""
    """Who asks the routes that are open to both, as it costs the same."""
    arriving: bool = False
    """Whether a code is asked of them still; then only the routes of `alone` are theirs."""

    def may(self, route: Route) -> bool:
        """Whether the route is open to them."""
        if self.arriving:
            return name(route) in self.alone
        if self.account is None or route.who.public:
            return False
        return any(part.fits(self.account.actor) for part in route.who.parts)


def people() -> list[Person]:
    """Anybody, a member, an agent, an administrator of a practice and of the plan, and somebody of the helpdesk."""
    world = World(in_process(app))
    chief, head = practice.administrator(world), plan_office.administrator(world)
    auditor = world.agent("Alva Fictional", roles=("auditor",))
    helper = world.agent("Hela Fictional", roles=("helpdesk",))
    enroller = world.agent("Enid Fictional", roles=("enrollment",))
    by_chief, by_head = world.browser(chief), world.browser(head)
    return [
        Person(name="anybody", alone=visitors.values(world)),
        Person(name="arriving", alone={"POST /session/factor": own_profiles.code_wanted(world)}, arriving=True),
        _correspondent(
            "member",
            world,
            world.gina,
            {
                **practice.of_member(world, by_chief),
                **own_profiles.good_values(world, lambda: practice.member(world)),
            },
        ),
        _correspondent(
            "agent",
            world,
            world.ada,
            {**desk.values(world), **own_profiles.good_values(world, lambda: plan_office.agent(world))},
        ),
        Person(
            name="administrator",
            account=chief,
            cookie=str(by_chief.cookie),
            alone={
                **practice.of_administrator(world, chief, by_chief),
                **asked_by_directory.answered(world, chief),
                **recovering.good_values_of_decider(world, lambda: practice.member(world)),
            },
            like="member",
        ),
        Person(
            name="plan_administrator",
            account=head,
            cookie=str(by_head.cookie),
            alone={
                **plan_office.of_administrator(world, by_head),
                **recovering.good_values_of_decider(world, lambda: plan_office.agent(world)),
            },
            like="agent",
        ),
        Person(
            name="auditor",
            account=auditor,
            cookie=str(world.browser(auditor).cookie),
            alone=plan_office.of_auditor(world),
            like="plan_administrator",
        ),
        Person(
            name="helpdesk",
            account=helper,
            cookie=str(world.browser(helper).cookie),
            alone=recovering.good_values_of_helpdesk(world),
            like="agent",
        ),
        Person(
            name="enrollment",
            account=enroller,
            cookie=str(world.browser(enroller).cookie),
            alone={
                **plan_office.of_enrollment(world),
                **asked_by_directory.answered(world, enroller),
                **long_works.organization_imports(enroller, world.browser(enroller)),
            },
            like="plan_administrator",
        ),
    ]


def _correspondent(name: str, world: World, account: Account, alone: Values) -> Person:
    browser = world.browser(account)
    known = {**correspondence.of(world, account, browser), "email": account.user.email, "password": PASSWORD}
    return Person(
        name=name,
        account=account,
        cookie=str(browser.cookie),
        known=known,
        alone={**long_works.of(account), **correspondence.alone(known), **alone},
    )


def askers(route: Route, known: list[Person]) -> Iterator[Person]:
    """Who asks a route: everybody for whom it may cost something else."""
    if route.who.public:
        # Signing in differs by who signs in.
        signs_in = route.path == "/session"
        settled = (person for person in known if not person.like and not person.arriving)
        yield from (person for person in settled if (person.account is not None) == signs_in)
        return
    may = {person.name for person in known if person.may(route)}
    for person in known:
        if person.name in may and (person.like not in may or name(route) in _ALSO_ADMINISTRATORS):
            yield person


def request(route: Route, person: Person) -> Request:
    """A good request to a route by somebody."""
    known = person.known | _ASKED.get(name(route), {}) | person.alone.get(name(route), {})
    parameters = route.parameters
    headers = {"host": "localhost:8000", "user-agent": "test browser"}
    if not route.who.public:
        headers["cookie"] = known.get("cookie", person.cookie)
    if route.method in MUTATING:
        headers |= {"origin": ORIGIN, "x-portal-csrf": "1", "content-type": "application/json"}
    if route.creates:
        headers["idempotency-key"] = uuid.uuid4().hex
    if route.edits:
        headers["if-match"] = f'"{known["version"]}"'
    query = sample(parameters["query"], known) if "query" in parameters else {}
    body = sample(parameters["body"], known) if "body" in parameters else None
    return Request(
        method=route.method,
        path=route.path,
        path_values={place: sample(parameters[place], known, place) for place in places(route)},
        query={field: [str(value)] for field, value in query.items() if value not in (None, "")},
        headers=headers,
        body=None if body is None else json.dumps(body).encode(),
    )


def name(route: Route) -> str:
    """As the table of least calls names it."""
    return f"{route.method} {route.path}"
