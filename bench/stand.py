"""The portal in this process, on a real engine, with the settings that tests use."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.results import FOLDER
from chalicelib.core import clock, config, tables
from local import engines
from tests.settings import ENVIRONMENT

PREFIX = "portico-bench-"


class NoEngineError(Exception):
    """There is no engine for this machine whose counts can be trusted."""


@contextlib.contextmanager
def running(database: Path | None = None) -> Iterator[str]:
    """The endpoint of an engine; until the block ends, the portal in this process works on it, with tables.

    `database` is a file with the engine's data; without one the tables are empty. Raises NoEngineError.
    """
    if engines.dynoxide() is None:
        raise NoEngineError("No dynoxide for this machine: moto's counts and times say nothing.")
    with engines.dynamodb(database) as endpoint:
        settings = {**ENVIRONMENT, "PORTICO_TABLE_PREFIX": PREFIX, "PORTICO_DYNAMODB_ENDPOINT": endpoint}
        before = dict(os.environ)
        engines.apply(settings)
        _read_anew()
        try:
            for table in tables.TABLES:
                if not table.exists():
                    table.create_table(billing_mode="PAY_PER_REQUEST")
            yield endpoint
        finally:
            clock.set_source(None)
            os.environ.clear()
            os.environ.update(before)
            _read_anew()


@contextlib.contextmanager
def seeded(name: str, seed: Callable[[], None]) -> Iterator[str]:
    """As `running`, on a copy of what `seed` puts there. It is called once; `name` says what and in which form."""
    made = FOLDER / "seeds" / f"{name}.sqlite"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as folder:
            fresh = Path(folder) / made.name
            with running(fresh):
                seed()
            _settle(fresh)
            fresh.rename(made)
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        copy = Path(folder) / made.name
        shutil.copyfile(made, copy)
        with running(copy) as endpoint:
            yield endpoint


def put_all(table: str, items: Iterator[Mapping[str, object]]) -> None:
    """Write items as they are, 25 at a time: saving each would take minutes and isn't what is measured."""
    client = tables.connection().client
    batch: list[dict[str, object]] = []
    for item in items:
        batch.append({"PutRequest": {"Item": item}})
        if len(batch) == 25:
            client.batch_write_item(RequestItems={table: batch})
            batch = []
    if batch:
        client.batch_write_item(RequestItems={table: batch})


def _settle(database: Path) -> None:
    """Put what SQLite still keeps beside the file into it, so that it can be moved."""
    import sqlite3  # noqa: PLC0415 - only for seeding

    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _read_anew() -> None:
    config.current.cache_clear()
    tables.forget_connections()
