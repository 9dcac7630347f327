"""One cold start: `python -I -S -B first_request.py FOLDER < event`, as Lambda makes one.

A script that imports nothing of this repository. It prints milliseconds from before the import of `app` to after it,
and to after the first request; the status of that; and what Lambda would not have loaded like this.
"""

import importlib
import json
import sys
import time
from importlib.util import cache_from_source
from pathlib import Path


class Context:
    """As much of Lambda's context as Chalice reads."""

    function_name = "bench"
    aws_request_id = "8a3c5a4e-0d4f-4e0c-9d51-1d6f3d9f2a11"


def main(folder: str) -> None:
    """Import, ask once, tell."""
    event = json.load(sys.stdin)
    sys.path.insert(0, folder)
    started = time.perf_counter()
    app = importlib.import_module("app").app
    imported = time.perf_counter()
    answer = app(event, Context())
    answered = time.perf_counter()
    named = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    files = [Path(name) for name in named if name]
    own = [path for path in files if path.suffix == ".py" and str(path).startswith(folder)]
    told = {
        "imported": (imported - started) * 1000,
        "answered": (answered - started) * 1000,
        "status": answer["statusCode"],
        "modules": len(own),
        "uncompiled": [path.name for path in own if not Path(cache_from_source(str(path))).exists()],
        "foreign": [str(path) for path in files if "site-packages" in path.parts],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()))
