"""What is wrong with a file before a byte of it is sent, and with files that are to go together (MSG-8)."""

import msgspec
import pytest

from chalicelib.attachments.domain import (
    ALLOWED,
    LARGEST_FILE,
    Reason,
    State,
    Upload,
    Verdict,
    check_announced,
    check_message,
    extension,
    judge,
)
from tests.world import START

MIB = 1024 * 1024
UPLOAD = Upload(
    id="upl_0",
    user_id="usr_1",
    mailbox_id="mem_1",
    organization_id="org_1",
    file_name="a.pdf",
    content_type="application/pdf",
    size=1,
    sha256="",
    state="ready",
    version_id="v1",
    created_at=START,
)


def _uploads(*sizes: int) -> list[Upload]:
    return [msgspec.structs.replace(UPLOAD, id=f"upl_{place}", size=size) for place, size in enumerate(sizes)]


def _together(uploads: list[Upload]) -> set[tuple[str, str]]:
    return {(error.pointer, error.code) for error in check_message(uploads)}


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_allowed_types(name: str) -> None:
    """MSG-8, S-FILE-03: each with its usual content type, in any case of the ending."""
    for content_type in ALLOWED[name]:
        assert check_announced(f"Form.{name}", content_type, 1) == []
        assert check_announced(f"FORM.v2.{name.upper()}", content_type, 1) == []


def test_the_list_of_types_is_the_one_agreed() -> None:
    """S-FILE-03: nothing that a browser or Office runs."""
    assert ALLOWED.keys() == {"pdf", "png", "jpg", "jpeg", "tif", "tiff", "docx", "xlsx", "txt", "csv"}


@pytest.mark.parametrize(
    ("file_name", "content_type"),
    [
        ("a.pdf.exe", "application/pdf"),
        ("a.exe", "application/x-msdownload"),
        ("a.html", "text/html"),
        ("a.svg", "image/svg+xml"),
        ("a.xml", "text/xml"),
        ("a.js", "text/javascript"),
        ("a.eml", "message/rfc822"),
        ("a.zip", "application/zip"),
        ("a.docm", "application/vnd.ms-word.document.macroEnabled.12"),
        ("a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        ("a.doc", "application/msword"),
        ("a.pdf", "text/html"),
        ("a.pdf", "application/pdf; charset=utf-8"),
        ("a.pdf", "APPLICATION/PDF"),
        ("a.png", "image/svg+xml"),
        ("a.pdf", ""),
        ("a.pdf ", "application/pdf"),
        ("a.pdf.", "application/pdf"),
        ("a.ｐｄｆ", "application/pdf"),
        ("a.pdf\u202efdp.exe", "application/pdf"),
        ("pdf", "application/pdf"),
        (".pdf", "application/pdf"),
        ("", "application/pdf"),
    ],
)
def test_types_not_allowed(file_name: str, content_type: str) -> None:
    """S-FILE-03: the ending, not a part in the middle, and it must agree with the declared type."""
    assert [error.code for error in check_announced(file_name, content_type, 1)] == ["type_not_allowed"]


@pytest.mark.parametrize("file_name", ["../a.pdf", "/etc/a.pdf", "..\\a.pdf", "C:\\a.pdf", "a/b.pdf"])
def test_a_name_with_a_path(file_name: str) -> None:
    """S-FILE-06."""
    assert [error.code for error in check_announced(file_name, "application/pdf", 1)] == ["characters_not_allowed"]


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        (-1, ["empty"]),
        (0, ["empty"]),
        (1, []),
        (25 * MIB - 1, []),
        (25 * MIB, []),
        (25 * MIB + 1, ["too_large"]),
    ],
)
def test_sizes(size: int, codes: list[str]) -> None:
    """MSG-8: 1 byte to 25 MiB."""
    assert [error.code for error in check_announced("a.pdf", "application/pdf", size)] == codes


def test_everything_wrong_is_said_at_once() -> None:
    found = {(error.pointer, error.code) for error in check_announced("x/a.exe", "text/html", 0)}
    assert found == {
        ("/file_name", "characters_not_allowed"),
        ("/file_name", "type_not_allowed"),
        ("/size", "empty"),
    }


@pytest.mark.parametrize(
    ("file_name", "ending"),
    [("a.pdf", "pdf"), ("A.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("a.", ""), ("", ""), ("..", "")],
)
def test_extension(file_name: str, ending: str) -> None:
    assert extension(file_name) == ending


def test_ten_files_and_no_more() -> None:
    """MSG-8."""
    assert _together(_uploads(*[1] * 10)) == set()
    assert _together(_uploads(*[1] * 11)) == {("/upload_ids", "too_many")}


def test_fifty_mib_together_and_no_more() -> None:
    """MSG-8."""
    assert _together(_uploads(25 * MIB, 25 * MIB)) == set()
    assert _together(_uploads(25 * MIB, 25 * MIB, 1)) == {("/upload_ids", "too_large")}
    assert _together(_uploads(LARGEST_FILE, LARGEST_FILE - 1, 1)) == set()


def test_no_files_are_fine() -> None:
    assert _together([]) == set()


def test_the_same_file_twice() -> None:
    assert _together([UPLOAD, UPLOAD]) == {("/upload_ids", "repeated")}


@pytest.mark.parametrize("state", ["waiting", "checking", "refused"])
def test_only_what_is_ready_goes(state: State) -> None:
    """S-FILE-05."""
    waiting = msgspec.structs.replace(UPLOAD, id="upl_1", state=state)
    assert _together([UPLOAD, waiting]) == {("/upload_ids/1", "not_ready")}


def test_a_file_goes_into_one_message_only() -> None:
    """S-AZ-11."""
    sent = msgspec.structs.replace(UPLOAD, message_id="msg_1")
    assert _together([sent]) == {("/upload_ids/0", "already_sent")}


@pytest.mark.parametrize(
    ("clean", "status", "version", "reason"),
    [
        (True, "NO_THREATS_FOUND", "v1", None),
        (True, "NO_THREATS_FOUND", "v2", "not_checked"),
        (False, "THREATS_FOUND", "v1", "infected"),
        (False, "THREATS_FOUND", "v2", "not_checked"),
        (False, "UNSUPPORTED", "v1", "not_checked"),
        (False, "ACCESS_DENIED", "v1", "not_checked"),
        (False, "FAILED", "v1", "not_checked"),
        (False, "NO_THREATS_FOUND", "v1", "not_checked"),  # a scan that did not complete
        (False, "", "v1", "not_checked"),
    ],
)
def test_only_a_clean_scan_of_that_version_opens(clean: bool, status: str, version: str, reason: Reason | None) -> None:
    """S-FILE-05."""
    verdict = Verdict(upload_id="upl_0", version_id=version, clean=clean, status=status)
    assert judge(UPLOAD, verdict) == reason


def test_nothing_opens_what_was_not_finalized() -> None:
    waiting = msgspec.structs.replace(UPLOAD, version_id=None, state="waiting")
    assert judge(waiting, Verdict(upload_id="upl_0", version_id="v1", clean=True, status="NO_THREATS_FOUND"))
