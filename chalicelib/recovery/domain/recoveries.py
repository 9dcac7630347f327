"""A forgotten password: the steps of a case, and how often one may try (CRD-4, S-AUTH-10, S-AUTH-11).

A case belongs to one mailed link and lives as long as it. Attempts are counted for the case and for the account, before
they are judged; one that turns out right is taken back, so that only wrong ones count.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

MOST_WRONG_IN_CASE = 3
MOST_WRONG_LATELY = 6
LATELY = timedelta(hours=24)

FROZEN = timedelta(hours=72)
"""How long after somebody changed their own address or number only the helpdesk gets them back in (S-AUTH-13)."""

Step = Literal["questions", "factor", "password"]


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has done by the newest link they used, and their attempts of late."""

    user_id: str
    link: str = ""
    """Hash of the link whose case this is."""
    answered: bool = False
    """Whether the questions were answered."""
    factor: str = ""
    """The second factor that was shown; empty before."""
    tried: int = 0
    """Attempts counted in this case."""
    attempts: tuple[datetime, ...] = ()
    """When attempts were counted for the account, the oldest first, whatever link they were made by."""
    version: int = 0


def of_link(recovery: Recovery, link: str, now: datetime) -> Recovery:
    """The case of a link as it counts at `now`: a new link begins anew, but for the account's own count (CRD-4)."""
    lately = tuple(at for at in recovery.attempts if now - at < LATELY)
    if recovery.link != link:
        return Recovery(user_id=recovery.user_id, link=link, attempts=lately, version=recovery.version)
    return msgspec.structs.replace(recovery, attempts=lately)


def frozen(contacts_changed_at: datetime | None, now: datetime) -> bool:
    """Whether an address or number was changed so lately that a mailed link proves little (S-AUTH-13)."""
    return contacts_changed_at is not None and now - contacts_changed_at < FROZEN


def attempts_left(recovery: Recovery) -> int:
    """How many attempts may still be judged; 0: the case is closed, and only the helpdesk is left (CRD-4)."""
    return max(0, min(MOST_WRONG_IN_CASE - recovery.tried, MOST_WRONG_LATELY - len(recovery.attempts)))


def step(recovery: Recovery, factor: str | None) -> Step:
    """What comes next. `factor`: the second factor that the person has enrolled by now, if any (S-AUTH-10)."""
    if not recovery.answered:
        return "questions"
    return "factor" if factor is not None and recovery.factor != factor else "password"


def counted(recovery: Recovery, now: datetime) -> Recovery:
    """With one attempt more, which may be judged once this is stored. Only where some are left."""
    return _next(recovery, tried=recovery.tried + 1, attempts=(*recovery.attempts, now))


def passed(recovery: Recovery, attempt: datetime, *, answered: bool, factor: str) -> Recovery:
    """After an attempt was right: it counts no more, and the next step is open."""
    attempts = list(recovery.attempts)
    if attempt in attempts:
        attempts.remove(attempt)
    tried = max(0, recovery.tried - 1)
    return _next(recovery, tried=tried, attempts=tuple(attempts), answered=answered, factor=factor)


def _next(recovery: Recovery, **changes: object) -> Recovery:
    return msgspec.structs.replace(recovery, version=recovery.version + 1, **changes)


def pair(link: str, questions: Sequence[str]) -> tuple[str, ...]:
    """The two of a person's questions that a case asks: those of one link are always the same (S-AUTH-10).

    They follow from the hash of the link's token, which nobody can choose.
    """
    known = sorted(questions)
    left_out = sum(link.encode()) % len(known)
    return tuple(question for place, question in enumerate(known) if place != left_out)
