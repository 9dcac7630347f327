"""Looking into a file, whether it holds what its name says (S-FILE-03) and unfolds to a bounded size (S-FILE-04).

This only filters out lies and containers of code; safety comes from the scan and from serving files as downloads. It
runs in a function of its own, which can read quarantine and nothing else.
"""

import io
import re
import stat
import zipfile
import zlib
from xml.parsers import expat

from chalicelib.attachments import pictures

_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
}
# The part every Office document of the kind has, and what it must not have: macros, embedded programs.
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_FORBIDDEN_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/", "attachedtoolbars.bin")
# What a document may name outside itself: links wait for a click, and Excel asks before it reads another workbook.
# Templates, objects and pictures from elsewhere are fetched when the document is opened.
_HARMLESS_OUTSIDE = ("/hyperlink", "/externalLinkPath")
_MOST_ENTRIES = 2_000
_LARGEST_EXPANDED = 200 * 1024 * 1024
# Unpacked beside packed, of the whole document. Text packs 5 to 20 times, a sheet of equal numbers 50 times.
_LARGEST_RATIO = 100
# Archives, programs and old Office containers under whatever name they stand in a document. What is in an archive
# inside is never looked at, so an archive that holds itself leads nowhere.
_FORBIDDEN_BEGINNINGS = (b"PK\x03\x04", b"MZ", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF")
# A header may come behind a camera's notes and a color profile.
_LARGEST_HEADER = 4 * 1024 * 1024
_LARGEST_RELATIONSHIPS = 4 * 1024 * 1024
# What the libraries say of files that are not as they should be: places beyond what can be counted (OverflowError) and
# encodings that nobody knows (LookupError) too. Such a file stays closed and is told so; it is no fault of ours.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    ValueError,
    NotImplementedError,
    OSError,
    OverflowError,
    LookupError,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# Markup, scripts, and documents that happen to be written in letters.
_NOT_PLAIN = re.compile(rb"(\xef\xbb\xbf)?\s*(<[!?a-z]|#!|%PDF-|GIF8[79]a|%!PS|\{\\rtf)", re.IGNORECASE)


def holds(extension: str, content: bytes) -> bool:
    """Whether the bytes are what the extension says, and nothing else besides."""
    try:
        if extension in _SIGNATURES:
            return _is_plain_file(extension, content)
        if extension in _OFFICE:
            return _is_office(extension, content)
        return _is_text(content)
    except _BROKEN:
        return False


def _is_plain_file(extension: str, content: bytes) -> bool:
    if not content.startswith(_SIGNATURES[extension]):
        return False
    # A file that is also an archive is read differently by different programs; an encrypted one by none of ours.
    if zipfile.is_zipfile(io.BytesIO(content)):
        return False
    if extension == "pdf":
        return b"/Encrypt" not in content
    return pictures.fits(extension, content)


def _is_office(extension: str, content: bytes) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {entry.filename.lower() for entry in archive.infolist()}
        return (
            {"[content_types].xml", _OFFICE[extension]} <= names
            and _are_plain_parts(archive.infolist())
            and not _unfolds(archive.infolist())
            and not any(_hides(archive, entry) for entry in archive.infolist())
            and not _reaches_outside(archive)
        )


def _are_plain_parts(entries: list[zipfile.ZipInfo]) -> bool:
    # Bit 0 of the flags: encrypted. Office packages know no other compression (ECMA-376, part 2).
    return not any(
        entry.flag_bits & 1
        or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or _leads_away(entry)
        or any(part in entry.filename.lower() for part in _FORBIDDEN_PARTS)
        for entry in entries
    )


def _leads_away(entry: zipfile.ZipInfo) -> bool:
    """Whether a part would land outside the folder it is unpacked into, or is a link to there."""
    name = entry.filename
    return ".." in name or name.startswith(("/", "\\")) or ":" in name or stat.S_ISLNK(entry.external_attr >> 16)


def _unfolds(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether an archive unpacks into too much, by what it declares; reading stops at what a part declares."""
    packed, unpacked = (sum(sizes) for sizes in zip(*((e.compress_size, e.file_size) for e in entries), strict=True))
    return len(entries) > _MOST_ENTRIES or unpacked > min(_LARGEST_EXPANDED, _LARGEST_RATIO * packed)


def _hides(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part is an archive or a program under another name, or a picture that is too large."""
    extension = entry.filename.rpartition(".")[2].lower()
    is_picture = extension in ("png", "jpg", "jpeg")
    with archive.open(entry) as part:
        beginning = part.read(_LARGEST_HEADER if is_picture else 8)
    return beginning.startswith(_FORBIDDEN_BEGINNINGS) or (is_picture and not pictures.fits(extension, beginning))


def _reaches_outside(archive: zipfile.ZipFile) -> bool:
    """Whether a document has relationships to parts elsewhere that would be fetched, or ones too large to look at."""
    left = _LARGEST_RELATIONSHIPS
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(".rels"):
            continue
        with archive.open(entry) as part:
            relationships = part.read(left + 1)
        left -= len(relationships)
        if left < 0 or _names_outside(relationships):
            return True
    return False


def _names_outside(relationships: bytes) -> bool:
    found = False

    def element(_: str, attributes: dict[str, str]) -> None:
        nonlocal found
        outside = attributes.get("TargetMode") == "External"
        found = found or (outside and not attributes.get("Type", "").endswith(_HARMLESS_OUTSIDE))

    def doctype(*_: object) -> None:
        raise ValueError("Office writes no document types; they are for tricks with entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(relationships, True)
    return found


def _is_text(content: bytes) -> bool:
    return _CONTROL.search(content) is None and _NOT_PLAIN.match(content) is None
