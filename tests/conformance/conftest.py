"""The engines of the storage suite: moto and dynoxide here, AWS only through `tests.conformance.verify`."""

import contextlib
import uuid
from collections.abc import Callable, Iterator

import pytest

from chalicelib.core import aws, config, tables
from tests.conformance import differences, stand
from tests.conformance.stand import Account, Name, Stand

ACCOUNT_PLUGIN = "portico-aws-account"
"""Under this name the run that was asked for hands over the account. No setting and no option leads to AWS."""

_HERE: dict[str, tuple[Name, ...]] = {"engine": ("moto", "dynoxide"), "storage": ("moto",)}

# What a difference looks like: an engine that does not run at all is none.
_DIFFERS = (AssertionError, pytest.fail.Exception)


def account_of(config_: pytest.Config) -> Account | None:
    """The account of AWS that a run uses; None in every run but the one that was asked for."""
    found = config_.pluginmanager.get_plugin(ACCOUNT_PLUGIN)
    assert found is None or isinstance(found, Account)
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`engine` is everything with DynamoDB, `storage` everything with S3 and SQS."""
    for fixture, names in _HERE.items():
        if fixture in metafunc.fixturenames:
            chosen = names if account_of(metafunc.config) is None else ("aws",)
            metafunc.parametrize(fixture, chosen, indirect=True)


@pytest.fixture(scope="session")
def stands(request: pytest.FixtureRequest) -> Iterator[Callable[[Name], Stand]]:
    """Each engine, started when it is first asked for."""
    with contextlib.ExitStack() as stack:
        running: dict[Name, Stand] = {}

        def give(name: Name) -> Stand:
            if name not in running:
                running[name] = stack.enter_context(stand.opened(name, account_of(request.config)))
            return running[name]

        yield give


def _ready(request: pytest.FixtureRequest, stands: Callable[[Name], Stand]) -> Stand:
    known = differences.of(request.param, request.function.__name__)
    if known is not None:
        reason = f"{known.reason} ({known.link})"
        request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True, run=known.runs, raises=_DIFFERS))
    return stands(request.param)


@pytest.fixture
def engine(request: pytest.FixtureRequest, stands: Callable[[Name], Stand]) -> Stand:
    """An engine with DynamoDB and its streams."""
    found = _ready(request, stands)
    if found.name == "moto":
        # It copies the whole table for every action of a transaction.
        found.empty_tables()
    return found


@pytest.fixture
def storage(request: pytest.FixtureRequest, stands: Callable[[Name], Stand]) -> Stand:
    """An engine with S3 and SQS."""
    return _ready(request, stands)


@pytest.fixture
def pk() -> str:
    """A partition that no other test uses."""
    return f"TEST#{uuid.uuid4().hex}"


@contextlib.contextmanager
def _pointed_at(stand_: Stand) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in stand_.environment().items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        _read_anew()
        yield
    _read_anew()


def _read_anew() -> None:
    config.current.cache_clear()
    tables.forget_connections()
    aws.forget_clients()


@pytest.fixture
def portal_on_engine(engine: Stand) -> Iterator[None]:
    """`chalicelib` works on the engine."""
    with _pointed_at(engine):
        yield


@pytest.fixture
def portal_on_storage(storage: Stand) -> Iterator[None]:
    """`chalicelib` works on the engine's S3 and SQS."""
    with _pointed_at(storage):
        yield
