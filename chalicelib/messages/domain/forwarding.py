"""Rules of forwarding (MSG-1, MSG-5): what goes along, and to whom it may."""

import msgspec

from chalicelib.core.errors import FieldError, Invalid
from chalicelib.messages.domain import Forwarded, Message

MOST_FORWARDED = 10
"""Messages within one that forwards; what is older is cut."""
_MOST_BYTES = 200_000
_MOST_PARTIES = 25
_LONGEST_SUBJECT = 200
_MARK = "Fwd: "


def subject(original: str) -> str:
    """The subject of a message that forwards one with this subject: marked once, however often it is forwarded."""
    if original.casefold().startswith(_MARK.strip().casefold()):
        return original
    return (_MARK + original)[:_LONGEST_SUBJECT]


def chain(message: Message) -> tuple[Forwarded, ...]:
    """A message and what it forwards itself, newest first: ten at most, and no more than an item has room for."""
    newest = Forwarded(sender=message.sender, to=message.to[:_MOST_PARTIES], sent_at=message.sent_at, text=message.text)
    kept: list[Forwarded] = []
    room = _MOST_BYTES
    for each in (newest, *message.forwarded)[:MOST_FORWARDED]:
        room -= len(msgspec.json.encode(each))
        if room < 0:
            break
        kept.append(each)
    return tuple(kept)


def organization(original: str | None, addressed: str | None) -> str | None:
    """The one organization of a thread that forwards from a thread of `original` to people of `addressed`.

    Raises Invalid `one_organization`: nothing of one practice ever gets to another (MSG-1).
    """
    if original is not None and addressed is not None and original != addressed:
        raise Invalid(fields=(FieldError("/to", "one_organization"),))
    return original or addressed
