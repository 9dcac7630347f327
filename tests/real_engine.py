"""A real DynamoDB engine over HTTP: exact under threads, which moto is not."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import botocore
import pytest

from chalicelib.core import clock, config, tables
from local import engines
from tests import straight
from tests.settings import OWN_ENGINE

_turn = 0
_ABSENT = (
    "No DynamoDB engine for these tests: `make setup` installs one where there is a package for the machine; "
    f"elsewhere name one in {engines.ENDPOINT_VARIABLE}."
)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The endpoint of an engine of this process's own, or of the one that the developer named."""
    if OWN_ENGINE is not None:
        yield OWN_ENGINE
    elif engines.dynoxide() is None:
        pytest.fail(_ABSENT, pytrace=False)
    else:
        with engines.dynamodb() as endpoint:
            yield endpoint


@contextlib.contextmanager
def empty(endpoint: str, prefix: str) -> Iterator[None]:
    """Empty tables with names of their own, for the portal to work on until the block ends."""
    with leading_to(endpoint, prefix):
        make_tables()
        yield
        for table in tables.TABLES:
            table.delete_table()
    clock.set_source(None)


@contextlib.contextmanager
def leading_to(endpoint: str, prefix: str) -> Iterator[None]:
    """The portal works on tables of this engine, with names of their own, until the block ends."""
    with _environment({"PORTICO_DYNAMODB_ENDPOINT": endpoint, "PORTICO_TABLE_PREFIX": prefix}):
        lead_tables()
        yield


def make_tables() -> None:
    """New tables; those of an earlier run that was broken off go first."""
    for table in tables.TABLES:
        if table.exists():
            table.delete_table()
        table.create_table(billing_mode="PAY_PER_REQUEST")


def lead_tables() -> None:
    """Let the tables of this process lead to the engine and the names now set.

    Making a client takes a quarter of a second: one that leads there already is kept for the next test.
    """
    global _turn
    _turn += 1
    directory = tables.DirectoryRow
    here = (config.current().dynamodb_endpoint, tables.table_name(directory.table))
    if (tables.connection().host, directory._get_connection().table_name) != here:
        tables.forget_connections()
    client = tables.connection().client
    _leave_unsigned(client)
    endpoint = config.current().dynamodb_endpoint
    # A developer's own engine may answer in other ways than dynoxide.
    if endpoint and not OWN_ENGINE and not isinstance(client._endpoint.http_session, straight.Straight):
        client._endpoint.http_session = straight.Straight(endpoint)


def turn() -> int:
    """Another number whenever the tables were put back or made anew."""
    return _turn


def _leave_unsigned(client: Any) -> None:
    """Requests carry a signature that is made up: no engine here looks at more than who claims to ask.

    Signing takes a fifth of the client's time. Signed requests are what the whole portal sends (tests/browser,
    tests/contract, tests/local), and what tests/conformance does.
    """
    made_up = {
        "Authorization": (
            "AWS4-HMAC-SHA256 Credential=test/20260302/us-east-1/dynamodb/aws4_request, "
            "SignedHeaders=host;x-amz-date, Signature=0"
        ),
        "X-Amz-Date": "20260302T150000Z",
    }
    # With a name each is registered once, however often.
    register = client.meta.events.register_first
    register("choose-signer.dynamodb", lambda **_: botocore.UNSIGNED, unique_id="unsigned")
    register("before-call.dynamodb", lambda params, **_: params["headers"].update(made_up), unique_id="made-up")


@contextlib.contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    config.current.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        config.current.cache_clear()
