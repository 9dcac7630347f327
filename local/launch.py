"""The local portal as a child process, for tests."""

import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from local.children import running

_ROOT = Path(__file__).parent.parent


@contextlib.contextmanager
def portal(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a portal on a free port, served until the block ends. Raises StartError with its last line."""
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        ready_file = Path(folder) / "ready.json"
        command = [sys.executable, "-m", "local", "--port", "0", "--ready-file", str(ready_file)]
        variables = {"PYTHONPATH": str(_ROOT), **(environment or {})}
        with running("the portal", command, ready=ready_file.exists, environment=variables, seconds=60):
            yield json.loads(ready_file.read_text())["address"]
