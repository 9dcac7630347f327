"""The API document at `/openapi.json` and the health of the deployment: public, and the same for everybody."""

from typing import Any

import msgspec

from chalicelib.core.access import PUBLIC
from chalicelib.core.http import Portico, Routes

routes = Routes(__name__)


class Health(msgspec.Struct, frozen=True):
    """The function answers; what it stands on is watched by alarms."""

    status: str


@routes.route("/openapi.json", method="GET", who=PUBLIC, summary="This document")
def show_api_document() -> dict[str, Any]:
    """Made from the declarations of all routes."""
    from chalicelib.core import openapi  # noqa: PLC0415 - for developers: other requests shouldn't pay for it

    app = routes.current_app
    assert isinstance(app, Portico)
    app.complete()
    return openapi.document(app.declared)


@routes.route("/health", method="GET", who=PUBLIC, summary="Whether the API answers")
def show_health() -> Health:
    """For uptime checks."""
    return Health("ok")
