"""A real DynamoDB engine over HTTP: exact under threads, which moto is not."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from chalicelib.core import clock, config, tables
from local import engines
from tests.settings import OWN_ENGINE

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
    settings = {"PORTICO_DYNAMODB_ENDPOINT": endpoint, "PORTICO_TABLE_PREFIX": prefix}
    with _environment(settings):
        lead_tables()
        for table in tables.TABLES:
            if table.exists():
                table.delete_table()
            table.create_table(billing_mode="PAY_PER_REQUEST")
        yield
        for table in tables.TABLES:
            table.delete_table()
    clock.set_source(None)


def lead_tables() -> None:
    """Let the tables of this process lead to the engine and the names now set.

    Making a client takes a quarter of a second: one that leads there already is kept for the next test.
    """
    directory = tables.DirectoryRow
    here = (config.current().dynamodb_endpoint, tables.table_name(directory.table))
    if (tables.connection().host, directory._get_connection().table_name) != here:
        tables.forget_connections()


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
