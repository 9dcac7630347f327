"""What mails look like, word by word, in both languages and both forms (NOT-2, S-MAIL-01, PLT-8).

The golden file of a template holds its subject, its text and its page of HTML. After a change of words that is meant,
`PORTICO_GOLDEN=write` writes them anew; read them before they are committed.
"""

import html
import os
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chalicelib.core import texts
from chalicelib.notifications import dates, forms

GOLDEN = Path(__file__).parent / "golden"
PLACES = {
    "portal": "https://portal.plan.example",
    "plan": "Example Valley Health Plan",
    "token": "T0kenT0kenT0kenT0kenT0kenT0kenT0kenT0kenT0k",
    "helpdesk": "1-800-555-0100",
    "number": "2",
}
TEMPLATES = sorted(
    key.split(".")[1] for key in texts.catalogue("en") if key.startswith("mail.") and key.endswith(".subject")
)
OPENING = {
    "registration", "password_reset", "email_confirmation", "set_up_again", "notice_address_confirmation",
    "nomination_form", "nomination_reminder", "nomination_returned",
}  # fmt: skip


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, its words, where its links go and what they say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[tuple[str, str]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("br", "meta"):
            self.words += " "
            return
        self._open.append(tag)
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "a":
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if self._open and "style" not in self._open and "title" not in self._open:
            self.words += data


def _letter(language: texts.Language, template: str) -> forms.Letter:
    deadline = dates.deadline(language, datetime(2026, 3, 2, 15, 0, 59, tzinfo=UTC), ZoneInfo("America/New_York"))
    return forms.letter(language, template, {**PLACES, "deadline": deadline})


def _golden(letter: forms.Letter) -> str:
    return f"Subject: {letter.subject}\n\n{letter.text}\n{letter.html}"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_is_as_it_was_read(template: str, language: texts.Language) -> None:
    """S-MAIL-01: golden files."""
    written = _golden(_letter(language, template))
    path = GOLDEN / f"{template}.{language}.txt"
    if os.environ.get("PORTICO_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{template}.{language}.txt" for template in TEMPLATES for language in texts.LANGUAGES}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_has_a_heading_and_nothing_from_elsewhere(template: str, language: texts.Language) -> None:
    """PLT-8, S-MAIL-02: language, one heading, no image, script, form or remote style; links to the portal alone."""
    page = Page(_letter(language, template).html)
    names = [name for name, _ in page.elements]
    assert set(names) <= {"html", "head", "meta", "title", "style", "body", "main", "h1", "p", "br", "a"}
    assert (names.count("h1"), names.count("main")) == (1, 1)
    assert ("html", {"lang": language}) in page.elements
    given = {attribute for name, attributes in page.elements if name != "meta" for attribute in attributes}
    assert given <= {"lang", "href"}
    assert "url(" not in _letter(language, template).html
    assert "@import" not in _letter(language, template).html
    for address, words in page.links:
        opened = re.fullmatch(r"https://portal\.plan\.example(/[a-z-]+#T0k\w+)?", address)
        assert opened
        assert bool(opened[1]) is (template in OPENING), "only these hold a token (S-MAIL-02)"
        assert words.endswith(" portal.plan.example"), "the words say where it goes"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_both_forms_say_the_same(template: str, language: texts.Language) -> None:
    letter = _letter(language, template)
    page = Page(letter.html)
    said = page.words
    for _, words in page.links:
        said = said.replace(words, "", 1)
    plain = re.sub(r"https://\S+", "", letter.text)
    assert said.split() == [*letter.subject.split(), *plain.split()]
    assert [address for address, _ in page.links] == re.findall(r"https://\S+", letter.text)


def test_what_fills_a_place_is_no_markup() -> None:
    """NOT-2: the plan's own name may hold any character."""
    letter = forms.letter("en", "device_new", {**PLACES, "plan": '<b>A</b> & "B"', "helpdesk": "<script>1</script>"})
    assert "<b>" not in letter.html
    assert "<script>" not in letter.html
    assert '<b>A</b> & "B"' in letter.text
    assert '<b>A</b> & "B"' in html.unescape(letter.html)
