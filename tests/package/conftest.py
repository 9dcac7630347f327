"""The package, built once and kept under build/ as long as nothing it is made from changes."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.core import aws, config, tables
from infra import ROOT, package
from infra.dependencies import alone
from tests import moto_engine, real_engine
from tests.package.calls import Call, Recorder
from tests.package.journey import Journey, first_account, watched_world
from tests.package.resolving import Resolver

BUILT = ROOT / "build" / "tests"
STAGE = "dev"


class Day(msgspec.Struct, frozen=True):
    """What was left of a journey."""

    calls: dict[str, list[Call]]
    """What each function asked of AWS."""
    requests: list[tuple[str, str]]
    """Method and path of each request."""


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the package as it is deployed."""
    out = BUILT / "lambda"
    package.build(STAGE, out)
    return out


@pytest.fixture(scope="session")
def template(built: Path) -> dict[str, Any]:
    """The template as it is deployed, before AWS translates it."""
    made: dict[str, Any] = json.loads((built / package.TEMPLATE).read_text())
    return made


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = template["Resources"]
    return made


@pytest.fixture(scope="session")
def resolver(template: dict[str, Any]) -> Resolver:
    """The template deployed with the names that tests use."""
    return resolver_of(template)


@pytest.fixture(scope="session")
def translated(built: Path) -> dict[str, Any]:
    """The template as AWS translates it (SAM)."""
    made = built / f"translated-{(built / 'stamp').read_text()[:16]}.json"
    with alone(built / "translated.lock"):
        if not made.exists():
            for older in built.glob("translated-*"):
                older.unlink()
            command = [sys.executable, "-m", "tests.package.translating", str(built / package.TEMPLATE), str(made)]
            subprocess.run(command, check=True, cwd=ROOT)
    read: dict[str, Any] = json.loads(made.read_text())
    return read


def resolver_of(template: dict[str, Any], region: str = "us-east-1") -> Resolver:
    settings = config.current()
    parameters = {
        "Stage": "test",
        "PortalDomain": "portal.plan.example",
        "MailFrom": settings.mail_from,
        "MailsPerSecond": "1000",
        "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/one",
        "AlarmEmail": "alarms@plan.example",
        "AWS::Region": region,
    }
    names = {
        "QuarantineBucket": settings.quarantine_bucket,
        "CleanBucket": settings.clean_bucket,
        "ResultsBucket": settings.results_bucket,
    }
    return Resolver(template, parameters, names)


@pytest.fixture(scope="session")
def unpacked() -> Path:
    """The package for this machine, unpacked as Lambda would."""
    out = BUILT / "host"
    package.build(STAGE, out, "host")
    folder = out / f"unpacked-{(out / 'stamp').read_text()[:16]}"
    with alone(out / "unpacked.lock"):
        if not folder.exists():
            for older in out.glob("unpacked-*"):
                shutil.rmtree(older)
            with zipfile.ZipFile(out / package.ZIP) as archive:
                archive.extractall(out / "unpacking")
            (out / "unpacking").rename(folder)
    return folder


@pytest.fixture(scope="session")
def day() -> Iterator[Day]:
    """The whole day, over."""
    recorder = Recorder()
    with recorder.watching():
        # Clients that were made before would not be heard.
        _make_clients_anew()
        # Not on moto's tables: it copies them whole for each transaction, and a day takes minutes.
        prefix = config.current().table_prefix
        with moto_engine.beside_tables(), real_engine.running() as at:
            for known in (False, True):
                with real_engine.empty(at, prefix):
                    first_account(recorder, known)
            with real_engine.empty(at, prefix):
                journey = Journey(watched_world(recorder), recorder)
                journey.go()
    _make_clients_anew()
    yield Day(recorder.calls, journey.sent)


def _make_clients_anew() -> None:
    tables.forget_connections()
    aws.forget_clients()
