"""The portal in this process, on a real engine, with the settings that tests use."""

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from bench.results import FOLDER
from chalicelib.core import clock, config, tables
from local import engines
from tests.settings import ENVIRONMENT

PREFIX = "portico-bench-"

Item = Mapping[str, object]
"""An item in DynamoDB's own JSON."""


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


Seed = Callable[[], Iterator[tuple[str, Item]]]
"""Makes data: what it saves by the portal, and what it yields (short name of the table, item), which goes in bulk."""


@contextlib.contextmanager
def seeded(name: str, seed: Seed) -> Iterator[str]:
    """As `running`, on a copy of what `seed` makes. It is called once; `name` says what and in which form."""
    made = FOLDER / "seeds" / f"{name}.sqlite"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as folder:
            with running():
                _export(Path(folder), seed())
            _import(Path(folder), Path(folder) / made.name)
            (Path(folder) / made.name).rename(made)
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        copy = Path(folder) / made.name
        shutil.copyfile(made, copy)
        with running(copy) as endpoint:
            yield endpoint


def _export(folder: Path, items: Iterator[tuple[str, Item]]) -> None:
    """Write all that is to be there in the form of DynamoDB's own export: putting it would take many minutes."""
    client = tables.connection().client
    described = []
    with contextlib.ExitStack() as stack:
        files = {}
        for table in tables.TABLES:
            name = tables.table_name(table.table)
            described.append(client.describe_table(TableName=name))
            data = folder / "export" / name / "data"
            data.mkdir(parents=True)
            files[table.table] = stack.enter_context(gzip.open(data / "1.json.gz", "wt", compresslevel=1))
        for name, item in items:
            _write(files[name], item)
        for name, file in files.items():
            for page in client.get_paginator("scan").paginate(TableName=tables.table_name(name)):
                for item in page["Items"]:
                    _write(file, item)
    (folder / "schema.json").write_text(json.dumps(described, default=str))


def _write(file: TextIO, item: Item) -> None:
    file.write(json.dumps({"Item": item}) + "\n")


def _import(folder: Path, database: Path) -> None:
    binary = engines.dynoxide()
    assert binary is not None
    options = ["--source", str(folder / "export"), "--schema", str(folder / "schema.json"), "--output", str(database)]
    subprocess.run([str(binary), "import", *options], check=True, capture_output=True)


def _read_anew() -> None:
    config.current.cache_clear()
    tables.forget_connections()
