"""Messages of a thread as pages of a PDF (MSG-10). Only the long work that makes such files imports this."""

import base64
import io
from collections.abc import Iterable

import msgspec
from pypdf import PdfWriter

from chalicelib.core.pdf import LARGE, MISSING, SMALL, Pages
from chalicelib.messages.domain import Forwarded, Message, Party
from chalicelib.plan.domain import PlanSettings
from chalicelib.retention.store.exports import Export

_KINDS = {"administrators": "administrators of", "everybody": "everybody in"}


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Some messages of a thread, oldest first, and where in the file they stand."""

    export: Export
    plan: PlanSettings
    organization: str
    """Name of the practice that the thread belongs to; empty between departments."""
    messages: tuple[Message, ...]
    digests: dict[str, str]
    """SHA-256 of the files in base64, by their ids in the messages."""
    first_page: int
    number: int
    """How many messages came before."""
    is_last: bool


def rendered(part: Part) -> tuple[bytes, int]:
    """The pages of a part, and how many they are. The same part makes the same pages."""
    pages = _Pages(part)
    pages.add_page()
    if part.number == 0:
        pages.write_cover()
    for place, message in enumerate(part.messages, part.number + 1):
        pages.write_message(place, message)
    if part.is_last:
        pages.write_end(part.number + len(part.messages))
    return bytes(pages.output()), pages.pages_count


def joined(parts: Iterable[bytes]) -> bytes:
    """One file of the pages of all parts."""
    writer = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    writer.add_metadata({"/Title": "Record of a thread", "/Producer": "Portico"})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


class _Pages(Pages):
    def __init__(self, part: Part) -> None:
        self._part = part
        super().__init__(_characters(part), part.export.at, part.plan.time_zone)

    @property
    def top(self) -> str:
        return f"{self._part.plan.name} · Record of thread {self._part.export.thread_id}"

    @property
    def bottom(self) -> str:
        return f"Page {self._part.first_page + self.page_no() - 1} · Export {self._part.export.id}"

    def write_cover(self) -> None:
        part, export = self._part, self._part.export
        self.lines("Record of a thread", LARGE)
        self.ln(3)
        self.fact("Thread", export.thread_id)
        self.fact("Organization", part.organization or "none: between departments")
        self.fact("Taken out by", f"{export.name} ({export.user_id})")
        self.fact("At", self.time(export.at))
        self.fact("Reason", export.reason)
        self.ln(2)
        self.lines(part.plan.confidentiality_notice)
        self.ln(2)
        self.lines(MISSING, SMALL)

    def write_message(self, place: int, message: Message) -> None:
        self.ln(4)
        self.rule()
        self.lines(f"Message {place}", LARGE)
        self.fact("Subject", message.subject)
        self.fact("From", f"{_party(message.sender)}, written by {message.sent_by}")
        self.fact("To", "; ".join(map(_party, message.to)))
        if message.cc:
            self.fact("CC", "; ".join(map(_party, message.cc)))
        if message.left:
            self.fact("Not delivered any more to", "; ".join(map(_party, message.left)))
        if message.distribution is not None:
            self.fact("Addressed to", f"{message.distribution.mailboxes} mailboxes")
        self.fact("Sent", self.time(message.sent_at) + (", urgent" if message.urgent else ""))
        self.fact("Message", message.id)
        if message.withdrawn_at is not None:
            whose = ", ".join(sorted(message.withdrawn_from)) or "nobody: all had read it"
            # By a long work, whose records name them.
            whose = "all who had not read it" if message.withdrawn_by is not None else whose
            self.fact("Withdrawn", f"{self.time(message.withdrawn_at)}, from {whose}")
        self.ln(2)
        self.typed(message.text or "(no text)")
        for earlier in message.forwarded:
            self._write_forwarded(earlier)
        for file in message.attachments:
            digest = base64.b64decode(self._part.digests.get(file.id, "")).hex() or "unknown"
            self.ln(1)
            self.fact("File", f"{file.file_name}, {file.size} bytes, {file.content_type} ({file.id})")
            self.fact("SHA-256", digest)

    def write_end(self, number: int) -> None:
        self.ln(4)
        self.rule()
        self.lines(f"End of the record: {number} messages.")

    def _write_forwarded(self, earlier: Forwarded) -> None:
        self.ln(2)
        self.fact("Forwards what was written by", _party(earlier.sender))
        self.fact("To", "; ".join(map(_party, earlier.to)))
        self.fact("Sent", self.time(earlier.sent_at))
        self.typed(earlier.text)


def _party(party: Party) -> str:
    kind = _KINDS.get(party.kind)
    return f"{kind} {party.name} ({party.id})" if kind else f"{party.name} ({party.id})"


def _characters(part: Part) -> frozenset[str]:
    """Every character of a part, each once."""
    texts = [part.plan.name, part.plan.confidentiality_notice, part.organization, part.export.name, part.export.reason]
    return frozenset("".join(texts) + msgspec.json.encode(part.messages).decode())
