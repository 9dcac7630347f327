"""Messages and the files they share (S-AZ-11): a file goes along with many (MSG-5), and away with the last (MSG-10)."""

import msgspec

from chalicelib.attachments import buckets, domain, store
from chalicelib.attachments.actions import discard_timer
from chalicelib.attachments.domain import Attachment, Upload
from chalicelib.core import ids, timers
from chalicelib.core.change import Change
from chalicelib.core.errors import Invalid, Refusal


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What a message (or broadcast) has of a file that others may have too, as it was read."""

    file: Attachment
    upload: Upload
    own: tuple[str, ...]
    """Ids of the bindings that are the message's."""
    others: dict[str, str]
    """Other messages that have it, two at most, by the id of their binding; the first stands on the upload itself."""
    is_first: bool
    """Whether it is the message that stands there."""

    @property
    def is_last(self) -> bool:
        """Whether nothing else has the file."""
        return self.is_first and not self.others


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


def shares(files: tuple[Attachment, ...], owner_id: str) -> list[Share]:
    """What a message (or broadcast) has of each of its files: a read of the uploads, then two for each."""
    uploads = store.uploads([buckets.upload_id_of(file.clean_key) for file in files])
    found = []
    for file in files:
        upload = uploads[buckets.upload_id_of(file.clean_key)]
        own = store.binding(upload.id, file.id) == owner_id
        # One beside its own tells that there are others, however many there are.
        bound = store.bindings(upload.id, 2)
        share = Share(
            file=file,
            upload=upload,
            own=(file.id,) if own else (),
            others={id_: message_id for id_, message_id in bound.items() if id_ != file.id},
            is_first=upload.message_id == owner_id,
        )
        found.append(share)
    return found


def give_up(change: Change, share: Share, error: Refusal) -> None:
    """Plan that a message that is deleted has a file no more: 2 rows, or 3 where another one becomes the first.

    A file that nothing else has is removed by the housekeeping from then on, whatever becomes of this run. The commit
    fails with `error` when another message gave it up meanwhile.
    """
    upload, first = share.upload, share.upload.message_id
    for id_ in share.own:
        store.unbind(change, upload.id, id_, error)
    if share.is_last:
        first = None
        timers.arm(change, discard_timer(upload.id, change.now))
    elif share.is_first:
        place, first = min(share.others.items())
        store.unbind(change, upload.id, place, error)
    store.give_up(change, upload, first, error)
