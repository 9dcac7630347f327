"""Files that unfold: archives and pictures, judged within bounded time and memory (S-FILE-04)."""

import random
import stat
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest

from chalicelib.attachments import pictures
from chalicelib.attachments.contents import holds
from tests import files

MOST_SECONDS = 5.0
MOST_MEMORY = 64 * 1024 * 1024
FULL = 50_000_000


@contextmanager
def _bounded() -> Iterator[None]:
    tracemalloc.start()
    started = time.process_time()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
        assert time.process_time() - started < MOST_SECONDS
    finally:
        tracemalloc.stop()


def _with(parts: dict[str, bytes]) -> bytes:
    return files.archive({**files.docx_parts(), **parts})


def _declared(content: bytes, size: int) -> bytes:
    """A document whose last part says in its directory that it unpacks to `size` bytes."""
    changed = bytearray(content)
    place = changed.rindex(b"PK\1\2")
    changed[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(changed)


def test_a_flat_bomb() -> None:
    """A part of 100 MiB in 100 KB: refused by what it declares, unread."""
    content = _with({"word/document2.xml": bytes(100 * 1024 * 1024)})
    with _bounded():
        assert not holds("docx", content)


def test_a_flat_bomb_that_lies_about_its_size() -> None:
    """Relationships are the one kind of part that is read, and no further than 4 MiB, whatever they declare."""
    content = _declared(_with({"word/_rels/x.xml.rels": b"<a>" + b" " * (300 * 1024 * 1024) + b"</a>"}), 1_000)
    with _bounded():
        assert not holds("docx", content)


@pytest.mark.parametrize(("megabytes", "fine"), [(3, True), (6, False)])
def test_what_packs_too_well(megabytes: int, fine: bool) -> None:
    """A ratio of 100 at most, of the whole document: about 70 and 130 here."""
    noise = random.Random(1).randbytes(40_000)
    content = _with({"word/noise.bin": noise, "word/zeros.bin": bytes(megabytes * 1_000_000)})
    assert holds("docx", content) is fine


@pytest.mark.parametrize("name", ["word/media/image1.bin", "word/inner.docx", "customXml/item1.xml"])
def test_an_archive_inside(name: str) -> None:
    """Nested bombs and archives that hold themselves: no archive inside is ever opened, under whatever name."""
    inner = files.archive({"a.txt": bytes(1024 * 1024)})
    for _ in range(5):
        inner = files.archive({"a.zip": inner, "b.zip": inner})
    with _bounded():
        assert not holds("docx", _with({name: inner}))


@pytest.mark.parametrize("beginning", [b"MZ", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF"])
def test_a_program_or_an_old_container_inside(beginning: bytes) -> None:
    """S-FILE-03: a name says nothing about what a part is."""
    assert not holds("docx", _with({"word/media/image1.emf": beginning + bytes(100)}))
    assert holds("docx", _with({"word/media/image1.emf": bytes(100)}))


def test_a_link_out_of_the_archive() -> None:
    """Zip slip by a symbolic link."""
    made = BytesIO(files.docx())
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert not holds("docx", made.getvalue())


def _png(width: int, height: int) -> bytes:
    return files.png()[:16] + struct.pack(">II", width, height) + files.png()[24:]


def _jpg(width: int, height: int) -> bytes:
    content = files.jpg()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def _tiff(width: int, height: int) -> bytes:
    fields = [(256, 4, width), (257, 4, height)]
    directory = struct.pack("<H", len(fields)) + b"".join(
        struct.pack("<HHII", tag, kind, 1, n) for tag, kind, n in fields
    )
    return struct.pack("<2sHI", b"II", 42, 8) + directory + struct.pack("<I", 0)


PICTURES = {"png": _png, "jpg": _jpg, "tif": _tiff}


@pytest.mark.parametrize("extension", sorted(PICTURES))
@pytest.mark.parametrize(
    ("width", "height", "fine"),
    [(10_000, 5_000, True), (10_000, 5_001, False), (65_535, 65_535, False), (0, 10, False), (10, 0, False)],
)
def test_pixels(extension: str, width: int, height: int, fine: bool) -> None:
    """50 million at most; a picture of none is no picture."""
    content = PICTURES[extension](width, height)
    with _bounded():
        assert holds(extension, content) is fine
    if extension != "tif":
        assert holds("docx", _with({f"word/media/image1.{extension}": content})) is fine


def test_pages_in_a_circle_and_the_largest_of_many() -> None:
    """A TIFF has pages, each with its size."""
    page = _tiff(10, 10)
    circle = page[:-4] + struct.pack("<I", 8)
    assert not pictures.fits("tif", circle)
    second = struct.pack("<H", 2) + struct.pack("<HHII", 256, 4, 1, 10_000) + struct.pack("<HHII", 257, 4, 1, 5_001)
    assert not pictures.fits("tif", page[:-4] + struct.pack("<I", len(page)) + second + struct.pack("<I", 0))


def test_a_header_behind_long_notes() -> None:
    """Cameras write notes of many segments before the size."""
    content = files.jpg()
    notes = struct.pack(">BBH", 0xFF, 0xE1, 65_000) + bytes(64_998)
    assert holds("jpg", content[:2] + notes * 20 + b"\xff" + content[2:])


@pytest.mark.parametrize("extension", sorted(PICTURES))
def test_a_header_that_is_cut(extension: str) -> None:
    """Sizes that can't be told are not trusted."""
    content = PICTURES[extension](10, 10)
    for end in range(len(content)):
        assert pictures.fits(extension, content[:end]) in (True, False)
    assert not pictures.fits(extension, content[:12])
