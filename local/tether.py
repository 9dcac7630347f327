"""Become a command that ends when the process that started it ends, even when that one was killed.

Run as `python -I -S tether.py PARENT COMMAND...`. A wrapper instead of `preexec_fn`, which is unsafe once threads run.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Replace this process by `command`; `parent` is the process id that it is tied to."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before the tie was made
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
