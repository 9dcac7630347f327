"""`python -m local`: the whole portal on this machine. Ctrl-C ends it and leaves nothing behind."""

import argparse
import errno
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

DEFAULT_PORT = 8000
_FAULT = 2
_ANY_PORT_TRIES = 5
_NO_IPV6 = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


class PortError(Exception):
    """The port can't be had; the text is one line for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl-C or SIGTERM. 0 after that, 2 when it can't start, with one line that says why."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO if options.verbose else logging.WARNING, format="%(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        # Before anything slow: a busy port should be told at once.
        listeners = listen(_port(options.port))
        return _serve(listeners, options)
    except PortError as error:
        print(error, file=sys.stderr)
        return _FAULT
    except KeyboardInterrupt:
        return 0


def _serve(listeners: list[socket.socket], options: argparse.Namespace) -> int:
    try:
        # Here, so that a busy port is told before a second of imports, and a missing package in one line.
        from chalicelib.core.config import ConfigurationError  # noqa: PLC0415
        from local import portal  # noqa: PLC0415
        from local.children import StartError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        print(f"Python package {error.name} is missing: run `make setup`.", file=sys.stderr)
        return _FAULT
    origin = f"http://localhost:{listeners[0].getsockname()[1]}"
    print("Starting the engines and loading the demo data ...", flush=True)
    try:
        with portal.running(origin) as started:
            if not (portal.DIST / "index.html").exists():
                print("Note: the frontend is not built; run `make frontend`.", file=sys.stderr)
            started.serve(listeners, ready=lambda: _ready(started.address, started.people, options.ready_file))
    except (StartError, ConfigurationError) as error:
        print(error, file=sys.stderr)
        return _FAULT
    print("\nStopped; nothing is left behind.", flush=True)
    return 0


def listen(port: int) -> list[socket.socket]:
    """Listening sockets on both loopback addresses (IPv4 alone where there is no IPv6); 0 takes a free port.

    Raises PortError.
    """
    for _ in range(_ANY_PORT_TRIES):
        try:
            first = socket.create_server(("127.0.0.1", port), backlog=256)
        except OSError as error:
            raise _unusable(port, error) from None
        number = first.getsockname()[1]
        try:
            return [first, socket.create_server(("::1", number), family=socket.AF_INET6, backlog=256)]
        except OSError as error:
            if error.errno in _NO_IPV6:
                return [first]
            first.close()
            if port:
                raise _unusable(port, error) from None
    raise PortError("No port is free on both loopback addresses.")


def _unusable(port: int, error: OSError) -> PortError:
    return PortError(f"Port {port}: {os.strerror(error.errno or 0).lower()}. Choose another one: PORT=8001 make run")


def _ready(address: str, people: Sequence[dict[str, Any]], ready_file: Path | None) -> None:
    print(f"\nPortico: {address}    console: {address}/_local\n")
    if people:
        print("Sign in as:")
    width = max((len(person["email"]) for person in people), default=0)
    for person in people:
        where = person.get("organization") or ", ".join(person.get("departments") or [])
        code = ", with a code" if person.get("totp_secret") else ""
        print(f"  {person['email']:<{width}}  {person['password']}{code}  {person['name']} ({where})")
    if any(person.get("totp_secret") for person in people):
        print("The console shows the codes of this moment.")
    print("\nCtrl-C ends it.", flush=True)
    if ready_file:
        # Renamed into place, so that whoever waits for it never reads half of it.
        unfinished = ready_file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"address": address}))
        unfinished.rename(ready_file)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    # A second Ctrl-C must not cut the clearing up short.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise PortError(f"PORT: not a port number: {text}")
    return int(text)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("--port", default=os.environ.get("PORT") or str(DEFAULT_PORT), help="0 takes a free one")
    parser.add_argument("--ready-file", type=Path, help='written when it serves: {"address": ...}')
    parser.add_argument("--verbose", action="store_true", help="log every request")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
