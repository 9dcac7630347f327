"""Child processes: started, waited for, and ended with this process whatever happens."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

_TETHER = Path(__file__).with_name("tether.py")
_STOP_SECONDS = 5.0


class StartError(Exception):
    """Something of the local portal could not be started; the text is one line for the user."""


@contextlib.contextmanager
def running(
    name: str,
    command: Sequence[str],
    *,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
    seconds: float = 30.0,
) -> Iterator[int]:
    """Run `command` (its first word is a path) until the block ends; gives its process id once `ready()` says yes.

    Start it from a thread that lives as long as the block: Linux ends the child with the thread that started it.
    Raises StartError when it ends early or isn't ready within `seconds`.
    """
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=None if environment is None else {**os.environ, **environment},
            pass_fds=pass_fds,
            # Ctrl-C reaches this process only; it ends the child when its own work is done.
            start_new_session=True,
        )
        try:
            _await(child, ready, seconds, lambda: _failure(name, log.fileno()))
            yield child.pid
        finally:
            _stop(child)


def _await(
    child: subprocess.Popen[bytes], ready: Callable[[], bool], seconds: float, failure: Callable[[], StartError]
) -> None:
    deadline = time.monotonic() + seconds
    while child.poll() is None:
        if ready() and child.poll() is None:
            return
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    raise failure()


def _failure(name: str, log: int) -> StartError:
    size = os.fstat(log).st_size
    lines = os.pread(log, 2000, max(0, size - 2000)).decode(errors="replace").strip().splitlines()
    return StartError(f"{name} did not start: {lines[-1].strip() if lines else 'no message'}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    child.wait()
