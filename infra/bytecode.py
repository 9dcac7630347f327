"""Compiles a folder for Lambda: `python infra/bytecode.py FOLDER`.

Lambda's code folder is read-only, so what is not compiled here is compiled at every cold start. "Unchecked" means that
nothing compares the bytecode with its source at run time: the zip never changes. Sources stay for tracebacks.

A process of its own with a fixed hash seed (see infra/dependencies.py), as the order of sets ends in the bytecode.
"""

import py_compile
import sys
from pathlib import Path

_ON_LAMBDA = Path("/var/task")


def compile_folder(folder: Path) -> None:
    """Compile every module below the folder. Raises PyCompileError."""
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            # Tracebacks name the file where it lies on Lambda, and the same on whatever machine it is built.
            dfile=str(_ON_LAMBDA / source.relative_to(folder)),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


if __name__ == "__main__":
    compile_folder(Path(sys.argv[1]))
