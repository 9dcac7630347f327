"""A message to many organizations at once, each of which sees only itself (MSG-11)."""

import msgspec

from chalicelib.attachments.domain import Attachment
from chalicelib.messages.domain import Party
from chalicelib.messages.domain.groups import GroupKind

MOST_ORGANIZATIONS = 1_000


class Broadcast(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: the same words to a group in each of some organizations."""

    id: str
    sender: Party
    sent_by: str
    """Id of the user who wrote it."""
    group: GroupKind
    tins: tuple[str, ...]
    """Nine digits each, none twice."""
    subject: str
    text: str
    urgent: bool
    attachments: tuple[Attachment, ...] = ()


def distinct(tins: list[str]) -> tuple[str, ...]:
    """Tax identification numbers as they are stored, each once, in the order in which they were named."""
    return tuple(dict.fromkeys(tin.replace("-", "") for tin in tins))
