"""Cold start from the unpacked zip, beside an app of one route that does equal reads, packaged in the same way.

Fresh processes take turns (ours, one route, ours, ...), so that whatever else the machine does falls on both; what
counts is the ratio of the medians. The code folder is not written to, as on Lambda.

The portal imports the room of its first request only then (ADR 10). So besides the whole of a request, there is the
import with the room that has most to import, asked for with a method that nobody has.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from app import PATHS, app
from bench import stand
from bench.results import FOLDER, Line
from chalicelib.core import clock
from chalicelib.core.rooms import Rooms
from infra import ROOT, bundle, dependencies, package
from local import engines
from tests.portal import in_process
from tests.settings import ORIGIN
from tests.world import World

IMPORT_LIMIT = 1.25
REQUEST_LIMIT = 1.4
# What Lambda says in a process that a request waits for.
ON_DEMAND = {"AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"}
_HERE = Path(__file__).parent
_REFUSED = 405
_NAMES = ("portal", "one route")
_LARGEST = "largest room"


class Start(msgspec.Struct, frozen=True):
    """What a process came to: see first_request.py."""

    imported: float
    answered: float
    status: int
    modules: int
    uncompiled: list[str]
    foreign: list[str]


class UnfitError(Exception):
    """A start that Lambda would not have made like this, or a wrong answer: its time means nothing."""


def measure(times: int = 15) -> list[Line]:
    """Medians of `times` starts each."""
    folders = {"portal": unpacked(*_portal()), "one route": unpacked(*_one_route())}
    before = {name: _files(folder) for name, folder in folders.items()}
    with stand.running() as endpoint:
        world = World(in_process(app))
        # The made-up world stands still; the processes live now, and so must the session.
        clock.set_source(None)
        cookie = world.browser(world.gina).cookie
        event = json.dumps(_event(str(cookie)))
        variables = engines.environment(dynamodb=endpoint, aws=endpoint, origin=ORIGIN, table_prefix=stand.PREFIX)
        variables |= ON_DEMAND
        room, largest = _largest_room(folders["portal"], variables)
        starts: dict[str, list[Start]] = {name: [] for name in (*_NAMES, _LARGEST)}
        # The first of each warms what the machine keeps of files, and is dropped.
        for _ in range(times + 1):
            for name in _NAMES:
                starts[name].append(_start(folders[name], event, variables))
            starts[_LARGEST].append(_start(folders["portal"], largest, variables, _REFUSED))
    if before != {name: _files(folder) for name, folder in folders.items()}:
        raise UnfitError("A start wrote into the code folder.")
    return _lines({name: made[1:] for name, made in starts.items()}, room)


def _lines(starts: Mapping[str, list[Start]], room: str) -> list[Line]:
    ours, theirs, largest = starts["portal"], starts["one route"], starts[_LARGEST]
    imported = [start.imported for start in theirs]
    return [
        *_beside("import", [start.imported for start in ours], imported, IMPORT_LIMIT),
        *_beside(
            "import + first signed-in request",
            [start.answered for start in ours],
            [start.answered for start in theirs],
            REQUEST_LIMIT,
        ),
        *_beside(f"import + largest room ({room})", [start.answered for start in largest], imported, IMPORT_LIMIT),
    ]


def _beside(what: str, ours: list[float], theirs: list[float], limit: float) -> list[Line]:
    """Ours, theirs, and the ratio of the medians."""
    medians = [statistics.median(ours), statistics.median(theirs)]
    turns = [one / other for one, other in zip(ours, theirs, strict=True)]
    return [
        *(
            Line(what=f"{what}, {name}", value=median, unit="ms", note=_spread(values))
            for name, median, values in zip(_NAMES, medians, (ours, theirs), strict=True)
        ),
        Line(what=f"{what}, ratio", value=medians[0] / medians[1], unit="x", limit=limit, note=_spread(turns, "turns")),
    ]


def _largest_room(folder: Path, variables: Mapping[str, str]) -> tuple[str, str]:
    """Name and event of the room whose request imports the most modules."""
    rooms = Rooms(PATHS)
    paths = {rooms.serving(path)[0]: path for path in app.routes}
    events = {room: json.dumps(_refused(path)) for room, path in paths.items()}
    modules = {room: _start(folder, event, variables, _REFUSED).modules for room, event in events.items()}
    room = max(modules, key=lambda room: modules[room])
    return room, events[room]


def _spread(values: list[float], of: str = "") -> str:
    """The middle half of the values: how noisy it was."""
    low, _, high = statistics.quantiles(values, n=4)
    if of:
        return f"middle half of {of} {low:.2f} to {high:.2f}"
    return f"middle half {low:.0f} to {high:.0f}, fastest {min(values):.0f}"


def _start(folder: Path, event: str, variables: Mapping[str, str], status: int = 200) -> Start:
    done = subprocess.run(
        # Nothing of Python's environment (PYTHONDONTWRITEBYTECODE among it) and no packages but those in the folder.
        [sys.executable, "-I", "-S", "-B", str(_HERE / "first_request.py"), str(folder)],
        input=event,
        capture_output=True,
        text=True,
        env=dict(variables),
        cwd="/",
        check=False,
    )
    if done.returncode != 0:
        raise UnfitError(done.stderr[-2000:])
    start = msgspec.json.decode(done.stdout.splitlines()[-1], type=Start)
    if start.status != status or start.uncompiled or start.foreign:
        raise UnfitError(f"{folder.name}: {start}")
    return start


def unpacked(archive: Path, stamp: str) -> Path:
    """The folder that Lambda would make of a zip."""
    folder = archive.parent / f"unpacked-{stamp[:16]}"
    if not folder.exists():
        for older in archive.parent.glob("unpacked-*"):
            shutil.rmtree(older)
        with zipfile.ZipFile(archive) as content:
            content.extractall(archive.parent / "unpacking")
        (archive.parent / "unpacking").rename(folder)
    return folder


def _portal() -> tuple[Path, str]:
    out = FOLDER / "portal"
    package.build("dev", out, "host")
    return out / package.ZIP, (out / "stamp").read_text()


def _one_route() -> tuple[Path, str]:
    """The zip of the one-route app, with the portal's packages; and what it is made from."""
    out = FOLDER / "one_route"
    source = _HERE / "one_route" / "app.py"
    packages = dependencies.prepare("host")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        project, made = Path(temporary) / "project", Path(temporary) / "made"
        (project / ".chalice").mkdir(parents=True)
        shutil.copyfile(source, project / "app.py")
        (project / "requirements.txt").write_text("")
        config = {"version": "2.0", "app_name": "one-route", "stages": {"dev": {"autogen_policy": True}}}
        (project / ".chalice" / "config.json").write_text(json.dumps(config))
        package.run_chalice(project, made)
        bundle.write(out / package.ZIP, made / "deployment.zip", packages)
    with zipfile.ZipFile(out / package.ZIP) as archive:
        stamp = f"{sum(entry.CRC for entry in archive.infolist()):016x}"
    return out / package.ZIP, stamp


def _files(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*"))


def _event(cookie: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / "tests" / "package" / "events" / "api_session.json").read_text())
    # In the background: no use of the session is written, which would happen in some starts and not in others.
    headers = event["headers"] | {"Cookie": cookie, "X-Portal-Background": "1"}
    return event | {"headers": headers, "multiValueHeaders": {name: [value] for name, value in headers.items()}}


def _refused(path: str) -> dict[str, Any]:
    """A request with a method that nobody has: the room is looked into, and nothing is read."""
    event = _event("")
    return event | {
        "httpMethod": "TRACE",
        "requestContext": event["requestContext"] | {"resourcePath": path, "httpMethod": "TRACE"},
    }
