"""Runs one function from an unpacked package as Lambda would: `python -I -S -B invoke.py FOLDER HANDLER < events`.

A script that imports nothing of this repository. Events are a list; it prints their answers, and what it loaded that
Lambda would not have loaded like this: files from elsewhere, and modules without bytecode of their own.
"""

import importlib
import json
import sys
import sysconfig
from importlib.util import cache_from_source
from pathlib import Path


class Context:
    """As much of Lambda's context as Chalice and the handlers read."""

    function_name = "portico"
    function_version = "$LATEST"
    memory_limit_in_mb = "512"
    aws_request_id = "8a3c5a4e-0d4f-4e0c-9d51-1d6f3d9f2a11"

    def get_remaining_time_in_millis(self) -> int:
        """Plenty."""
        return 60_000


def main(folder: str, handler: str) -> None:
    """Call the handler with the events on standard input."""
    sys.path.insert(0, folder)
    module, name = handler.rsplit(".", 1)
    function = getattr(importlib.import_module(module), name)
    answers = [function(event, Context()) for event in json.load(sys.stdin)]
    fine = (folder, sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
    own = Path(__file__).resolve()
    loaded = [(name, module) for name, module in sys.modules.items() if getattr(module, "__file__", None)]
    files = {name: Path(module.__file__ or "").resolve() for name, module in loaded}
    foreign = [name for name, path in files.items() if path != own and not str(path).startswith(fine)]
    uncompiled = [
        name
        for name, path in files.items()
        if str(path).startswith(folder) and path.suffix == ".py" and not Path(cache_from_source(str(path))).exists()
    ]
    print(json.dumps({"answers": answers, "foreign": foreign, "uncompiled": uncompiled}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()), sys.argv[2])
