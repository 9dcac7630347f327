"""Calling the app's event handlers the way Lambda calls them: by name, with an event of plain JSON values."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Chalice
from chalice.local import LambdaContext

_MEMORY_MB = 512
_SECONDS = 60


def call(app: Chalice, name: str, event: Mapping[str, Any]) -> Any:
    """What the handler `name` answers to `event`. Whatever the handler raises passes through."""
    context = LambdaContext(name, _MEMORY_MB, max_runtime_ms=_SECONDS * 1000)
    return app.handler_map[name](event, context)


def failed_items(answer: Any) -> set[str]:
    """Identifiers that a partial batch answer names as failed; none for any other answer, as on AWS."""
    failures = answer.get("batchItemFailures", []) if isinstance(answer, dict) else []
    return {failure["itemIdentifier"] for failure in failures}
