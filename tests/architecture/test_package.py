"""What `chalice package` uploads: the app, and nothing of the local portal, the tests or the frontend."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from chalice.deploy.packager import AppOnlyDeploymentPackager, DependencyBuilder
from chalice.utils import UI, OSUtils

from app import app
from tests.architecture.source import ROOT

_UPLOADED = ("app.py", "chalice/", "chalicelib/")


def strangers(names: Iterable[str]) -> list[str]:
    """Files in a package that have no business on Lambda."""
    return [
        name
        for name in names
        if not name.startswith(_UPLOADED) or "_local" in name or name.endswith((".sqlite", ".map", ".md"))
    ]


def local_routes(paths: Iterable[str]) -> list[str]:
    """Routes of the local portal's console."""
    return [path for path in paths if "_local" in path]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names in the package of the whole project folder; without the libraries, which pip would fetch."""
    project = tmp_path_factory.mktemp("project")
    leave_out = shutil.ignore_patterns("__pycache__", "node_modules", "dist", ".*")
    for folder in ("chalicelib", "local", "tests", "frontend"):
        shutil.copytree(ROOT / folder, project / folder, ignore=leave_out)
    shutil.copy(ROOT / "app.py", project)
    system = OSUtils()
    packager = AppOnlyDeploymentPackager(system, DependencyBuilder(system), UI())
    made = packager.create_deployment_package(str(project), "python3.11")
    return zipfile.ZipFile(Path(made)).namelist()


def test_the_package_holds_the_app_and_nothing_else(packed: list[str]) -> None:
    """S-OPS-09: no debug or test code is deployed."""
    assert {"app.py", "chalicelib/core/http.py", "chalicelib/texts/es.json"} <= set(packed)
    assert strangers(packed) == []


def test_no_route_of_the_console_is_deployed() -> None:
    """S-OPS-09."""
    assert local_routes(app.routes) == []


def test_planted_strangers_are_found() -> None:
    planted = ["local/seed.py", "tests/world.py", "frontend/src/main.tsx", "chalicelib/_local/console.py"]
    assert strangers([*planted, "app.py"]) == planted
    assert local_routes(["/plan", "/_local/reset"]) == ["/_local/reset"]
