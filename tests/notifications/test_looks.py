"""Whatever may be put off can be looked at anew when it is due (NOT-3, S-MAIL-05)."""

import re
from pathlib import Path

from chalicelib.notifications import handlers
from chalicelib.notifications.actions.waiting import LOOKS

_TELLS = "administrators|messages|nominations|onboarding|reviews|staff_reviews|unreachable"
_TOLD = re.compile(rf'"([\w.]+)/1": _now\((?:{_TELLS})\.')
"""Events whose actions tell by `sending.notify`, as the handler lists them."""


def test_every_event_that_people_are_told_of_later_has_a_look() -> None:
    told = _TOLD.findall(Path(handlers.__file__).read_text())
    assert sorted(told) == sorted(LOOKS)


def test_whoever_tells_by_notify_is_in_that_list() -> None:
    """An action that is new here has to be named above."""
    actions = Path(handlers.__file__).parent / "actions"
    by_notify = {path.stem for path in actions.glob("*.py") if re.search(r"sending\.notify\b", path.read_text())}
    assert by_notify == {
        "administrators", "messages", "nominations", "onboarding", "reviews", "staff_reviews", "unreachable", "waiting",
    }  # fmt: skip
