"""Every declared route, each with a good request made from its declaration: new routes come along by themselves."""

import json
import uuid
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from urllib.parse import quote

import msgspec
import pytest

from app import app
from chalicelib.core.http import Route
from tests import belongings, inviting, later, uploading
from tests.api import good_values
from tests.portal import HIDDEN, Answer
from tests.settings import ORIGIN
from tests.world import PASSWORD, Account, World

MUTATING = ("POST", "PUT", "PATCH", "DELETE")
# Looks like an id of ours and belongs to nobody.
NOBODYS = "mem_" + "0" * 26


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request as API Gateway hands it to the function: path values decoded, headers in any case."""

    method: str
    path: str
    """With its `{places}`."""
    path_values: dict[str, str] = {}
    query: dict[str, list[str]] = {}
    headers: dict[str, str] = {}
    body: bytes | None = None

    def but(self, **changes: Any) -> "Request":
        return msgspec.structs.replace(self, **changes)

    def but_headers(self, **changes: str | None) -> "Request":
        """With other headers, named with `_`; None leaves one out."""
        named = {name.replace("_", "-"): value for name, value in changes.items()}
        return self.but(headers={name: value for name, value in {**self.headers, **named}.items() if value is not None})

    def but_body(self, value: Any) -> "Request":
        """With another JSON value as body; lone surrogates go as escapes."""
        return self.but(body=json.dumps(value).encode())

    @property
    def data(self) -> Any:
        return json.loads(self.body or b"null")

    def send(self) -> Answer:
        # As the page does, which can't send them twice.
        hidden = {name for name in HIDDEN if len(self.query.get(name, ())) == 1}
        headers = self.headers | {
            f"x-portal-{name}": quote(self.query[name][0], errors="surrogatepass") for name in hidden
        }
        query = {name: values for name, values in self.query.items() if name not in hidden}
        event = {
            "resource": self.path,
            "path": self.path,
            "httpMethod": self.method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "multiValueQueryStringParameters": query or None,
            "pathParameters": self.path_values or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": self.path,
                "httpMethod": self.method,
                "identity": {"sourceIp": "192.0.2.1"},
            },
            "body": self.body,
            "isBase64Encoded": False,
        }
        got = app(event, None)
        return Answer(
            status=got["statusCode"],
            headers={name.lower(): value for name, value in got["headers"].items()},
            cookies=[],
            text=got["body"] or "",
        )


class Asker:
    """People of two practices and the plan with something of their own, and the requests they can make."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._known: dict[str, dict[str, Any]] = {}
        self._cookies: dict[str, str] = {}
        administrator, _ = inviting.administrators(world)
        every_role = world.agent(
            "Every Role",
            world.eligibility,
            roles=("department_agent", "enrollment", "helpdesk", "auditor", "plan_administrator"),
        )
        self._people = [world.gina, administrator, world.ada, every_role]
        for account in [*self._people, world.peter]:
            self._known[account.user.id] = self._good_for(account)
        self._auditor = world.agent("Audrey Sample", roles=("auditor", "helpdesk"))
        self._cookies[self._auditor.user.id] = world.browser(self._auditor).cookie or ""
        self._alone = good_values.for_routes(world, administrator, every_role)
        checked = self._known[administrator.user.id]["import_id"]
        self._alone["GET /member-imports/{work_id}/problems"] = {"work_id": checked}
        sent = {"message_id": self._known[world.gina.user.id]["sent_id"]}
        self._alone["GET /mailboxes/{mailbox_id}/messages/{message_id}/receipts"] = sent
        later.grant(world.gina, "claims")
        # Only now: what came before took them further sessions, and the oldest of too many end (ACC-10).
        for account in [*self._people, world.peter]:
            self._cookies[account.user.id] = world.browser(account).cookie or ""

    def good(self, route: Route) -> Request:
        """A request to a route by somebody who may call it, with nothing wrong about it."""
        account = next((one for one in self._people if _admitted(route, one)), self.world.gina)
        known = self._known[account.user.id] | self._alone.get(f"{route.method} {route.path}", {})
        parameters = route.parameters
        headers = {"host": "localhost:8000", "user-agent": "test browser"}
        if not route.who.public:
            headers["cookie"] = known.get("cookie", self._cookies[account.user.id])
        if route.method in MUTATING:
            headers |= {"origin": ORIGIN, "x-portal-csrf": "1", "content-type": "application/json"}
        if route.creates:
            headers["idempotency-key"] = uuid.uuid4().hex
        if route.edits:
            headers["if-match"] = f'"{known.get("version", 0)}"'
        query = sample(parameters["query"], known) if "query" in parameters else {}
        body = sample(parameters["body"], known) if "body" in parameters else None
        return Request(
            method=route.method,
            path=route.path,
            path_values={name: sample(parameters[name], known, name) for name in places(route)},
            query={name: [str(value)] for name, value in query.items() if value not in (None, "")},
            headers=headers,
            body=None if body is None else json.dumps(body).encode(),
        )

    def not_admitted(self, route: Route) -> dict[str, Request]:
        """Good requests, but by people who may not make them."""
        good = self.good(route)
        others = [account for account in [*self._people, self._auditor] if not _admitted(route, account)]
        return {one.user.name: good.but_headers(cookie=self._cookies[one.user.id]) for one in others}

    @property
    def foreign(self) -> Mapping[str, Any]:
        """What belongs to somebody of another practice, by the names of parameters and fields."""
        return self._known[self.world.peter.user.id]

    def _good_for(self, account: Account) -> dict[str, Any]:
        """Ids and values that are good for this person."""
        world = self.world
        things = belongings.of(world, account, self._writer_to(account))
        return {
            **uploading.announcement(account.mailbox),
            **things,
            "message_ids": [things["message_id"]],
            "to": [world.credentialing.id],
            "email": account.user.email,
            "password": PASSWORD,
        }

    def _writer_to(self, account: Account) -> Account:
        """A colleague to a member, a member to the plan."""
        if account in (self.world.gina, self.world.peter):
            organization = self.world.maple if account is self.world.gina else self.world.birch
            return self.world.member(organization, f"Cole Sample {self.world.number()}")
        return self.world.gina


def places(route: Route) -> list[str]:
    """Names in a route's path."""
    return [part[1:-1] for part in route.path.split("/") if part.startswith("{")]


def sample(kind: Any, known: Mapping[str, Any], name: str = "") -> Any:
    """A value of a type, as JSON: what is known under that name, else the plainest one."""
    if name in known:
        return known[name]
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        fields = msgspec.structs.fields(bare)
        return {field.encode_name: sample(field.type, known, field.encode_name) for field in fields}
    if get_origin(bare) is Literal:
        return get_args(bare)[0]
    if get_origin(bare) in (Union, UnionType):
        return None
    if get_origin(bare) in (list, set, tuple, frozenset):
        return []
    if bare is str and any(
        isinstance(note, msgspec.Meta) and note.pattern for note in getattr(kind, "__metadata__", ())
    ):
        return NOBODYS
    return {bool: False, int: 1, float: 1.0, str: "Plain", dict: {}}.get(bare)


def _admitted(route: Route, account: Account) -> bool:
    try:
        route.who.admit(account.actor)
    except Exception:
        return False
    return True


def routes(*, where: Callable[[Route], object]) -> pytest.MarkDecorator:
    """Run a test on every declared route of a kind."""
    found = [route for route in app.declared if where(route)]
    return pytest.mark.parametrize("route", found, ids=lambda route: f"{route.method} {route.path}")


mutating = routes(where=lambda route: route.method in MUTATING)
with_body = routes(where=lambda route: "body" in route.parameters)
with_places = routes(where=places)
with_query = routes(where=lambda route: "query" in route.parameters)
creating = routes(where=lambda route: route.creates)
editing = routes(where=lambda route: route.edits)
signed_in = routes(where=lambda route: not route.who.public)
