"""A cold start imports only what its request or event needs, however many features there are (ADR 10)."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from app import PATHS, WOKEN, app
from chalicelib.core.rooms import Rooms
from tests.architecture.source import ROOT, Source, house
from tests.settings import ENVIRONMENT

_ON_DEMAND = {**os.environ, **ENVIRONMENT, "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"}
# What knows who somebody is, which nearly every request asks.
_ALWAYS = {"core", "credentials", "accounts", "organizations", "plan"}
_UNKNOWN = "/nowhere"

Started = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def started() -> Mapping[str, Any]:
    """What a start for each resource and each handler came to; see starts.py."""
    handlers = [made.handler_string for made in app.event_sources]
    handlers += [made.handler_string for made in app.pure_lambda_functions]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "starts.py")],
        input=json.dumps({"resources": [*app.routes, _UNKNOWN], "handlers": handlers}),
        capture_output=True,
        text=True,
        env={**_ON_DEMAND, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: Mapping[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def resources(started: Mapping[str, Any]) -> Started:
    """What a start for each resource came to."""
    found: Started = started["resources"]
    return found


def rooms_in(loaded: Iterable[str]) -> set[str]:
    """Those of app.py's modules that are loaded."""
    return {*PATHS, *WOKEN} & {name.removeprefix("chalicelib.") for name in loaded}


def test_app_names_every_room() -> None:
    """A module that declares routes or handlers and that nobody names would be forgotten in silence."""
    assert declaring(house(), "routes") == set(PATHS)
    assert declaring(house(), "handlers") == set(WOKEN)


def declaring(sources: Iterable[Source], name: str) -> set[str]:
    """Modules below `chalicelib` where `name = Routes(...)` stands."""
    return {
        source.name.removeprefix("chalicelib.")
        for source in sources
        for node in source.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and source.meaning(node.value.func) == "chalicelib.core.http.Routes"
        and name in {target.id for target in node.targets if isinstance(target, ast.Name)}
    }


def test_a_room_that_nobody_names_is_found() -> None:
    text = "from chalicelib.core.http import Routes as R\nroutes = R(__name__)\n"
    assert declaring([Source("chalicelib.resources.routes", text)], "routes") == {"resources.routes"}


def test_every_path_of_app_is_served() -> None:
    """A path that nothing stands below is left over."""
    rooms = Rooms(PATHS)
    served = {(module, _fitting(path)) for path in app.routes for module in rooms.serving(path)}
    assert {(module, path) for module, paths in PATHS.items() for path in paths.split()} == served


def _fitting(path: str) -> str:
    """The path of app.py that stands for a route's: the longest that fits."""
    pattern = "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
    named = {path for paths in PATHS.values() for path in paths.split()}
    return max((name for name in named if pattern == name or pattern.startswith(f"{name}/")), key=len)


def test_before_a_request_there_is_no_room(started: Mapping[str, Any]) -> None:
    """What a start imports does not grow with the features."""
    loaded = started["start"]["loaded"]
    assert rooms_in(loaded) == set()
    assert {name.split(".")[1] for name in loaded if name.startswith("chalicelib.")} == _ALWAYS


@pytest.mark.parametrize("path", sorted(app.routes))
def test_a_request_finds_its_room_and_none_of_other_features(path: str, resources: Started) -> None:
    """Each with the methods that the whole app has there."""
    start = resources[path]
    assert start["status"] == 405
    assert start["methods"] == list(app.routes[path])
    serving = set(Rooms(PATHS).serving(path))
    found = rooms_in(start["loaded"])
    assert serving <= found
    # Rooms of one feature may share what they show.
    assert {room.split(".")[0] for room in found} == {room.split(".")[0] for room in serving}


def test_a_path_that_nobody_has_is_answered_as_by_the_whole_app(resources: Started) -> None:
    assert (resources[_UNKNOWN]["status"], resources[_UNKNOWN]["methods"]) == (405, [""])
    assert rooms_in(resources[_UNKNOWN]["loaded"]) == set()


def test_every_handler_is_found_without_the_app_and_the_others(started: Mapping[str, Any]) -> None:
    assert started["handlers"]
    for handler, start in started["handlers"].items():
        assert start["callable"]
        assert "app" not in start["loaded"]
        assert rooms_in(start["loaded"]) == {handler.rpartition(".")[0].removeprefix("chalicelib.")}


# What the room of the plan gets besides: paths in app.py; and what is said.
_PLANTED = [
    ("", "plan.routes.departments: /session is not below one of the paths"),
    (" /session", "Duplicate method: 'GET' detected for route: '/session'"),
]
_ROUTE = """
from chalicelib.core.access import PUBLIC as ANYBODY
@routes.route("/session", method="GET", who=ANYBODY, summary="Planted")
def planted() -> None: ...
"""


@pytest.mark.parametrize(("paths", "said"), _PLANTED)
def test_a_route_in_the_wrong_room_or_in_two_fails_at_import(paths: str, said: str, tmp_path: Path) -> None:
    """Wherever all rooms are included: packaging, tests, the local portal."""
    shutil.copytree(ROOT / "chalicelib", tmp_path / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    contents = (
        (ROOT / "app.py").read_text().replace('"plan.routes.departments": "', f'"plan.routes.departments": "{paths} ')
    )
    (tmp_path / "app.py").write_text(contents)
    with (tmp_path / "chalicelib" / "plan" / "routes" / "departments.py").open("a") as room:
        room.write(_ROUTE)
    command = [sys.executable, "-c", "import app"]
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode != 0
    assert said in done.stderr
