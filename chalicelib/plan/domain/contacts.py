"""Whom to ask about what: the plan's contacts by topic, on every page's help (PLT-6)."""

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from chalicelib.core.errors import FieldError

Topic = Literal["helpdesk", "enrollment", "credentialing", "portal", "network"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""In the order in which people read them."""


class Contact(msgspec.Struct, frozen=True):
    """Whom to ask about a topic: by phone, by mail, or both; what there is none of is empty."""

    topic: str
    """One of TOPICS; words that were kept before topics were fixed show as they are until contacts are saved."""
    phone: str
    email: str


def in_order(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts as they are kept and shown, whatever order they were given in."""
    return tuple(one for topic in TOPICS for one in contacts if one.topic == topic)


def check(contacts: Sequence[Contact]) -> list[FieldError]:
    """Every field that is wrong: a topic stands once, and nobody is sent to a contact that has neither."""
    errors: list[FieldError] = []
    for place, one in enumerate(contacts):
        if one.topic in {other.topic for other in contacts[:place]}:
            errors.append(FieldError(f"/contacts/{place}/topic", "topic_twice"))
        if not one.phone and not one.email:
            errors.append(FieldError(f"/contacts/{place}/phone", "phone_or_email"))
    return errors
