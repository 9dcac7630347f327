"""Looking into a file, whether it holds what its name says (S-FILE-03).

This only filters out lies and containers of code; safety comes from the scan and from serving files as downloads.
"""

import io
import zipfile

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
_MOST_ENTRIES = 2_000
_LARGEST_EXPANDED = 200 * 1024 * 1024
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php", b"#!")


def holds(extension: str, content: bytes) -> bool:
    """Whether the bytes are what the extension says, and nothing else besides."""
    if extension in _SIGNATURES:
        return _is_plain_file(extension, content)
    if extension in _OFFICE:
        return _is_office(extension, content)
    return _is_text(content)


def _is_plain_file(extension: str, content: bytes) -> bool:
    if not content.startswith(_SIGNATURES[extension]):
        return False
    # A file that is also an archive is read differently by different programs; an encrypted one by none of ours.
    if zipfile.is_zipfile(io.BytesIO(content)):
        return False
    return extension != "pdf" or b"/Encrypt" not in content


def _is_office(extension: str, content: bytes) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or _OFFICE[extension] not in names:
        return False
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _LARGEST_EXPANDED:
        return False
    # Bit 0 of the flags: encrypted.
    return not any(
        entry.flag_bits & 1
        or ".." in entry.filename
        or any(part in entry.filename.lower() for part in _FORBIDDEN_PARTS)
        for entry in entries
    )


def _is_text(content: bytes) -> bool:
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in content):
        return False
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    return not start.startswith(_MARKUP)
