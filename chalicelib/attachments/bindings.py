"""Files of a message that go along when it is forwarded (MSG-5, S-AZ-11): the same file by a new id."""

import msgspec

from chalicelib.attachments import buckets, domain, store
from chalicelib.attachments.domain import Attachment
from chalicelib.core import ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Invalid


def rebind(
    change: Change, carried: tuple[Attachment, ...], added: tuple[Attachment, ...], message_id: str
) -> tuple[Attachment, ...]:
    """The files of a message: those of the one it forwards, each by a new id that opens nothing else, and the added.

    Raises Invalid when they are too many or too large together (MSG-8).
    """
    errors = domain.check_together((*carried, *added))
    if errors:
        raise Invalid(fields=tuple(errors))
    bound = []
    for file in carried:
        again = msgspec.structs.replace(file, id=ids.new("att"))
        change.create(store.binding_row(buckets.upload_id_of(file.clean_key), again.id, message_id))
        bound.append(again)
    return (*bound, *added)
