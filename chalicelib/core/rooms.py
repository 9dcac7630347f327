"""Which module serves which path: what `app.py` lists, so that a process imports a room when somebody comes for it.

A room is named by its module below `chalicelib` and its paths, each with all that lies below it, unless a longer one of
the table fits better. Where two modules name the same path, both are imported. A parameter of a path stands as `{}`.
"""

import gc
import importlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_PARAMETER = re.compile(r"\{\w+\}")


class Rooms:
    """The table of `app.py`, read by path."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.modules = tuple(table)
        self._by_path: dict[str, list[str]] = {}
        for module, paths in table.items():
            for path in paths.split():
                self._by_path.setdefault(path, []).append(module)

    def serving(self, path: str) -> tuple[str, ...]:
        """The modules that may have routes of this path, as routes declare it; none when nobody has."""
        path = _PARAMETER.sub("{}", path)
        while path:
            if path in self._by_path:
                return tuple(self._by_path[path])
            path = path.rpartition("/")[0]
        return ()


def enter(module: str, name: str) -> Any:
    """What is called `name` in a module below `chalicelib`, which is imported if need be."""
    with undisturbed():
        return getattr(importlib.import_module(f"chalicelib.{module}"), name)


@contextmanager
def undisturbed() -> Iterator[None]:
    """What is imported stays. Looking for garbage in it again and again would cost a tenth of every cold start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
