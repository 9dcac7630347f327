"""The frontend's types of the API, generated from the API document (PLT-3).

`python -m local.api_types --check` fails when the committed copy is stale, `--write` renews it.
"""

import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from local import setup

SCHEMA = setup.FRONTEND / "src" / "api" / "schema.d.ts"
_PROGRAMS = setup.FRONTEND / "node_modules" / ".bin"
# A field with a default may be missing: problems leave out an empty `errors`.
_OPTIONS = ("--default-non-nullable=false",)
_SHOWN_LINES = 40


def main(arguments: Sequence[str], schema: Path = SCHEMA) -> int:
    """Check or write. 0 when the copy is right now, 1 when it is stale, 2 for other arguments."""
    if list(arguments) not in (["--check"], ["--write"]):
        print("One of --check and --write is needed.", file=sys.stderr)
        return 2
    wanted = generated()
    if arguments[0] == "--write":
        schema.write_text(wanted, "utf-8")
        return 0
    kept = schema.read_text("utf-8") if schema.exists() else ""
    if kept == wanted:
        print("The frontend's types fit the API document.")
        return 0
    difference = unified_diff(kept.splitlines(), wanted.splitlines(), "committed", "generated", n=1, lineterm="")
    print("\n".join([*difference][:_SHOWN_LINES]))
    print(f"{schema.name} is stale: make api-types writes it anew.")
    return 1


@functools.cache
def generated() -> str:
    """The types as TypeScript, in the frontend's format. Takes seconds, once: the app does not change."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "openapi.json"), Path(folder, "schema.d.ts")
        source.write_text(json.dumps(_document()), "utf-8")
        _run("openapi-typescript", str(source), "--output", str(target), *_OPTIONS)
        return _run("prettier", "--stdin-filepath", SCHEMA.name, text=target.read_text("utf-8"))


def _document() -> object:
    # Slow to import, and wrong arguments should be told at once.
    from app import app  # noqa: PLC0415
    from chalicelib.core import openapi  # noqa: PLC0415

    return openapi.document(app.declared)


def _run(program: str, *arguments: str, text: str = "") -> str:
    """What a program of the frontend's packages prints; what it complains of goes to our own stderr."""
    done = subprocess.run(
        [str(_PROGRAMS / program), *arguments],
        check=True,
        cwd=setup.FRONTEND,
        env=setup.node_environment(),
        input=text,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
