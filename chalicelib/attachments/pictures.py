"""How large the pictures in a file are, by what their headers say: no picture is unpacked (S-FILE-04).

A file of few bytes may unfold into gigabytes of pixels in the program that shows it.
"""

import struct
from collections.abc import Iterator

MOST_PIXELS = 50_000_000
"""Of one picture, or of one page of several."""

# Frames of every coding but tables (C4), extensions (C8) and arithmetic conditioning (CC): ITU-T T.81, table B.1.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA
# Markers that stand alone, without a length behind them.
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_MOST_PAGES = 5_000
_WIDTH, _HEIGHT = 256, 257
_SHORT, _LONG = 3, 4


def fits(extension: str, content: bytes) -> bool:
    """Whether the pictures of a file can be told in size and none is too large; `content` may end after the headers."""
    try:
        sizes = list(_SIZES[extension](content))
    except (struct.error, IndexError):
        return False
    return bool(sizes) and all(0 < width * height <= MOST_PIXELS for width, height in sizes)


def _png(content: bytes) -> Iterator[tuple[int, int]]:
    kind, width, height = struct.unpack_from(">4sII", content, 12)
    if kind == b"IHDR":
        yield width, height


def _jpeg(content: bytes) -> Iterator[tuple[int, int]]:
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            place += 1
            continue
        if marker in _ALONE:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            yield width, height
            return
        if marker == _START_OF_SCAN:
            return
        place += 2 + length


def _tiff(content: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if content.startswith(b"II") else ">"
    (place,) = struct.unpack_from(f"{order}I", content, 4)
    seen: set[int] = set()
    while place:
        if place in seen or len(seen) == _MOST_PAGES:
            yield 0, 0  # pages in a circle, or without end: no size that could fit
            return
        seen.add(place)
        (fields,) = struct.unpack_from(f"{order}H", content, place)
        found = {_WIDTH: 0, _HEIGHT: 0}
        for field in range(fields):
            tag, kind = struct.unpack_from(f"{order}HH", content, place + 2 + 12 * field)
            if tag in found and kind in (_SHORT, _LONG):
                form = "H" if kind == _SHORT else "I"
                (found[tag],) = struct.unpack_from(order + form, content, place + 2 + 12 * field + 8)
        yield found[_WIDTH], found[_HEIGHT]
        (place,) = struct.unpack_from(f"{order}I", content, place + 2 + 12 * fields)


_SIZES = {"png": _png, "jpg": _jpeg, "jpeg": _jpeg, "tif": _tiff, "tiff": _tiff}
EXTENSIONS = frozenset(_SIZES)
