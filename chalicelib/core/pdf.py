"""Pages of a PDF for the record: all text as it was typed, embedded fonts, nothing fetched (MSG-10, ORG-1).

A character that the fonts don't have stands as its Unicode number, so that nothing is lost without a trace. Only the
long works that make such files import this.
"""

import functools
import re
import unicodedata
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

_FONTS = Path(__file__).parent / "fonts"
# The first one has Latin with all its marks, Greek, Cyrillic, Hebrew and Arabic; the second Chinese and Japanese.
_FILES = {"plain": _FONTS / "DejaVuSans.ttf", "cjk": _FONTS / "NotoSansSC-CJK.ttf"}
# Marks, and joiners.
_SHAPED = ("Mn", "Mc", "Me", "Cf")
SIZE, SMALL, LARGE = 10, 8, 14
_LINE = 5
"""Height of a line in millimetres."""
_INDENT = 10
"""Of what somebody wrote, in millimetres."""
MISSING = "A character that the fonts of this file don't have is shown as its Unicode number, such as ⟦U+1F9A9⟧."
"""What such a file says of itself."""


class Pages(FPDF):
    """Pages with a line on top and one below, written from top to bottom."""

    def __init__(self, characters: AbstractSet[str], made_at: datetime, time_zone: str) -> None:
        """`characters`: all that will be written, so that no font is embedded in vain. Times are told in both zones."""
        super().__init__(format="letter")
        self._time_zone = time_zone
        self.set_creation_date(made_at)
        self.set_lang("en-US")
        self.set_auto_page_break(auto=True, margin=20)
        self.add_font("plain", fname=_FILES["plain"])
        if any(ord(character) in _known("cjk") for character in characters):
            self.add_font("cjk", fname=_FILES["cjk"])
            self.set_fallback_fonts(["cjk"], exact_match=False)
        self.set_font("plain", size=SIZE)

    @property
    def top(self) -> str:
        """The line on top of each page."""
        raise NotImplementedError

    @property
    def bottom(self) -> str:
        """The line below each page."""
        raise NotImplementedError

    def header(self) -> None:
        """Written by the library on each page."""
        self.lines(self.top, SMALL)
        self.ln(2)

    def footer(self) -> None:
        """Likewise."""
        self.set_y(-15)
        self.lines(self.bottom, SMALL)

    def time(self, at: datetime) -> str:
        """An instant in UTC and as the plan's clock shows it."""
        local = at.astimezone(ZoneInfo(self._time_zone))
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC ({local:%Y-%m-%d %H:%M:%S %Z})"

    def fact(self, name: str, value: str) -> None:
        """A line with a name and what it is."""
        self.lines(f"{name}: {value}")

    def typed(self, text: str) -> None:
        """What somebody wrote stands within the margin of what the portal says, so that it can't be taken for that."""
        before = self.l_margin
        self.set_left_margin(before + _INDENT)
        self.lines(text)
        self.set_left_margin(before)

    def rule(self) -> None:
        """A line across the page."""
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2)

    def lines(self, text: str, size: int = SIZE) -> None:
        """A text, broken where it must be."""
        self.set_font("plain", size=size)
        height = _LINE * size / SIZE
        for paragraph in text.split("\n"):
            shown = _shown(paragraph.replace("\t", "    "))
            # Joins Arabic letters, places marks, and orders what runs from right to left; five times as slow.
            self.set_text_shaping(use_shaping_engine=any(map(_is_shaped, shown)))
            self.multi_cell(0, height, shown or " ", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


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
