"""Structured logs: one JSON object a line, only fields named here (S-OPS-05), so no user text can slip in."""

import json
import logging

_FIELDS = frozenset(
    {"request_id", "route", "status", "milliseconds", "code", "event", "message", "error", "job", "count", "actor"}
)
# Not by the app's name: that logger is Chalice's, which drops all below an error and puts words before each line.
_logger = logging.getLogger("portal")


def _line(name: str, fields: dict[str, str | int]) -> str:
    unknown = fields.keys() - _FIELDS
    if unknown:
        raise ValueError(f"log fields not on the allow-list: {sorted(unknown)}")
    return json.dumps({"name": name, **fields})


def info(name: str, **fields: str | int) -> None:
    """Something expected, for counting."""
    _logger.info(_line(name, fields))


def error(name: str, **fields: str | int) -> None:
    """Something that should not happen. Give the error's type, never its text: that may hold user text."""
    _logger.error(_line(name, fields))
