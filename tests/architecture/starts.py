"""Cold starts, as a process that a request waits for makes them: `python starts.py < what`; prints what each came to.

A script that imports nothing of the tests. `what` names resources and handlers; each has a start of its own (a fork
from before), and is told the modules that it has loaded below `chalicelib`, and for a resource its methods.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any


class Context:
    """As much of Lambda's context as Chalice reads."""

    aws_request_id = "8a3c5a4e-0d4f-4e0c-9d51-1d6f3d9f2a11"


def apart(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `act` answers in a process of its own, with the modules that are loaded then."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = act() | {"loaded": [name for name in sys.modules if name == "app" or name.startswith("chalicelib.")]}
        with os.fdopen(writer, "w") as stream:
            json.dump(told, stream)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    answer: dict[str, Any] = json.loads(text)
    return answer


def ask(resource: str) -> dict[str, Any]:
    """Ask with a method that nobody has: the answer names those that there are."""
    app = importlib.import_module("app").app
    context = {"resourcePath": resource, "httpMethod": "TRACE", "identity": {}}
    event: dict[str, Any] = {"requestContext": context, "headers": {}, "pathParameters": {}, "body": None}
    event |= {"multiValueQueryStringParameters": None, "stageVariables": None, "isBase64Encoded": False}
    answer = app(event, Context())
    return {"status": answer["statusCode"], "methods": answer["headers"].get("Allow", "").split(", ")}


def wake(handler: str) -> dict[str, Any]:
    """Find a handler as Lambda does."""
    module, _, name = handler.rpartition(".")
    return {"callable": callable(getattr(importlib.import_module(module), name))}


def main() -> None:
    """Handlers start without the app, resources with it."""
    what = json.load(sys.stdin)
    # What every start has, so that not each pays for it.
    importlib.import_module("chalicelib.core.http")
    handlers = {handler: apart(lambda handler=handler: wake(handler)) for handler in what["handlers"]}  # type: ignore[misc]
    importlib.import_module("app")
    start = apart(dict)
    resources = {path: apart(lambda path=path: ask(path)) for path in what["resources"]}  # type: ignore[misc]
    print(json.dumps({"handlers": handlers, "start": start, "resources": resources}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
