"""Messages of a thread as pages of a PDF (MSG-10): all text as it was typed, embedded fonts, nothing fetched.

A character that the fonts don't have stands as its Unicode number, so that nothing is lost without a trace. Only the
long work that makes such files imports this.
"""

import base64
import functools
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from pypdf import PdfWriter

from chalicelib.messages.domain import Forwarded, Message, Party
from chalicelib.plan.domain import PlanSettings
from chalicelib.retention.store.exports import Export

_FONTS = Path(__file__).parent / "fonts"
# The first one has Latin with all its marks, Greek, Cyrillic, Hebrew and Arabic; the second Chinese and Japanese.
_FILES = {"plain": _FONTS / "DejaVuSans.ttf", "cjk": _FONTS / "NotoSansSC-CJK.ttf"}
_KINDS = {"administrators": "administrators of", "everybody": "everybody in"}
# Marks, and joiners.
_SHAPED = ("Mn", "Mc", "Me", "Cf")
_SIZE, _SMALL, _LARGE = 10, 8, 14
_LINE = 5
"""Height of a line in millimetres."""
_INDENT = 10
"""Of what somebody wrote, in millimetres."""


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


class _Pages(FPDF):
    def __init__(self, part: Part) -> None:
        super().__init__(format="letter")
        self._part = part
        self.set_creation_date(part.export.at)
        self.set_lang("en-US")
        self.set_auto_page_break(auto=True, margin=20)
        self.add_font("plain", fname=_FILES["plain"])
        if any(ord(character) in _known("cjk") for character in _all_text(part)):
            self.add_font("cjk", fname=_FILES["cjk"])
            self.set_fallback_fonts(["cjk"], exact_match=False)
        self.set_font("plain", size=_SIZE)

    def header(self) -> None:
        self._lines(f"{self._part.plan.name} · Record of thread {self._part.export.thread_id}", _SMALL)
        self.ln(2)

    def footer(self) -> None:
        self.set_y(-15)
        self._lines(f"Page {self._part.first_page + self.page_no() - 1} · Export {self._part.export.id}", _SMALL)

    def write_cover(self) -> None:
        part, export = self._part, self._part.export
        self._lines("Record of a thread", _LARGE)
        self.ln(3)
        self._fact("Thread", export.thread_id)
        self._fact("Organization", part.organization or "none: between departments")
        self._fact("Taken out by", f"{export.name} ({export.user_id})")
        self._fact("At", self._time(export.at))
        self._fact("Reason", export.reason)
        self.ln(2)
        self._lines(part.plan.confidentiality_notice)
        self.ln(2)
        note = "A character that the fonts of this file don't have is shown as its Unicode number, such as ⟦U+1F9A9⟧."
        self._lines(note, _SMALL)

    def write_message(self, place: int, message: Message) -> None:
        self.ln(4)
        self._rule()
        self._lines(f"Message {place}", _LARGE)
        self._fact("Subject", message.subject)
        self._fact("From", f"{_party(message.sender)}, written by {message.sent_by}")
        self._fact("To", "; ".join(map(_party, message.to)))
        if message.cc:
            self._fact("CC", "; ".join(map(_party, message.cc)))
        if message.left:
            self._fact("Not delivered any more to", "; ".join(map(_party, message.left)))
        if message.distribution is not None:
            self._fact("Addressed to", f"{message.distribution.mailboxes} mailboxes")
        self._fact("Sent", self._time(message.sent_at) + (", urgent" if message.urgent else ""))
        self._fact("Message", message.id)
        if message.withdrawn_at is not None:
            whose = ", ".join(sorted(message.withdrawn_from)) or "nobody: all had read it"
            # By a long work, whose records name them.
            whose = "all who had not read it" if message.withdrawn_by is not None else whose
            self._fact("Withdrawn", f"{self._time(message.withdrawn_at)}, from {whose}")
        self.ln(2)
        self._typed(message.text or "(no text)")
        for earlier in message.forwarded:
            self._write_forwarded(earlier)
        for file in message.attachments:
            digest = base64.b64decode(self._part.digests.get(file.id, "")).hex() or "unknown"
            self.ln(1)
            self._fact("File", f"{file.file_name}, {file.size} bytes, {file.content_type} ({file.id})")
            self._fact("SHA-256", digest)

    def write_end(self, number: int) -> None:
        self.ln(4)
        self._rule()
        self._lines(f"End of the record: {number} messages.")

    def _write_forwarded(self, earlier: Forwarded) -> None:
        self.ln(2)
        self._fact("Forwards what was written by", _party(earlier.sender))
        self._fact("To", "; ".join(map(_party, earlier.to)))
        self._fact("Sent", self._time(earlier.sent_at))
        self._typed(earlier.text)

    def _time(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self._part.plan.time_zone))
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC ({local:%Y-%m-%d %H:%M:%S %Z})"

    def _fact(self, name: str, value: str) -> None:
        self._lines(f"{name}: {value}")

    def _typed(self, text: str) -> None:
        """What somebody wrote stands within the margin of what the portal says, so that it can't be taken for that."""
        before = self.l_margin
        self.set_left_margin(before + _INDENT)
        self._lines(text)
        self.set_left_margin(before)

    def _rule(self) -> None:
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2)

    def _lines(self, text: str, size: int = _SIZE) -> None:
        self.set_font("plain", size=size)
        height = _LINE * size / _SIZE
        for paragraph in text.split("\n"):
            shown = _shown(paragraph.replace("\t", "    "))
            # Joins Arabic letters, places marks, and orders what runs from right to left; five times as slow.
            self.set_text_shaping(use_shaping_engine=any(map(_is_shaped, shown)))
            self.multi_cell(0, height, shown or " ", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _party(party: Party) -> str:
    kind = _KINDS.get(party.kind)
    return f"{kind} {party.name} ({party.id})" if kind else f"{party.name} ({party.id})"


@functools.cache
def _known(font: str) -> frozenset[int]:
    """The characters that a font has."""
    with TTFont(_FILES[font], lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _shown(text: str) -> str:
    """A text with the numbers of what no font has."""
    known = _known("plain") | _known("cjk")

    def spelled(found: re.Match[str]) -> str:
        character = found.group()
        return character if ord(character) in known else f"⟦U+{ord(character):04X}⟧"

    return re.sub(r"[^\x20-\x7e]", spelled, text)


def _is_shaped(character: str) -> bool:
    """Whether what a character looks like depends on those beside it."""
    return "\u0590" <= character <= "\u1cff" or (character > "\u024f" and unicodedata.category(character) in _SHAPED)


def _all_text(part: Part) -> Iterator[str]:
    """Every character of a part, each once."""
    texts = [part.plan.name, part.plan.confidentiality_notice, part.organization, part.export.name, part.export.reason]
    yield from frozenset("".join(texts) + msgspec.json.encode(part.messages).decode())
