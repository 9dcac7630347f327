"""The two forms of a mail, from one text of the catalogue: as plain text, and as a small page of HTML (PLT-8).

The page has the language, a heading, paragraphs, and a link whose words say where it goes; nothing remote, no image,
no script. All that fills a place is escaped. It needs no template engine, so no start of a process pays for one.
"""

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import msgspec

from chalicelib.core import texts
from chalicelib.core.texts import Language

# A line of a text that ends in an address of the portal. The token, in the few mails that have one, is behind the `#`.
_LINKED = re.compile(r"^(?P<words>.*): (?P<address>\{portal\}(?:/(?P<page>[a-z-]+)#\{token\})?)$")
# Words of a link, by the page it opens.
_WORDS = {
    None: "mail.link.portal",
    "register": "mail.link.register",
    "reset": "mail.link.reset",
    "confirm-email": "mail.link.confirm_email",
    "confirm-notice-address": "mail.link.confirm_email",
    "set-up": "mail.link.set_up",
    "nominate": "mail.link.nominate",
}
# Works where a program for mail leaves out the styles; at 320 px; and with a dark background, in its colours or ours.
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 24px 16px; background: #ffffff; color: #1b1f2a; }}
body {{ font: 16px/1.5 Arial, Helvetica, sans-serif; }}
main {{ max-width: 560px; margin: 0 auto; overflow-wrap: anywhere; }}
h1 {{ margin: 0 0 16px; font-size: 22px; line-height: 1.3; }}
p {{ margin: 0 0 16px; }}
a {{ color: #0b5cad; font-weight: bold; }}
@media (prefers-color-scheme: dark) {{
body {{ background: #171a21; color: #e9ecf2; }}
a {{ color: #7db8f7; }}
}}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{paragraphs}
</main>
</body>
</html>
"""


class Letter(msgspec.Struct, frozen=True):
    """A mail as it is sent."""

    subject: str
    text: str
    html: str


def letter(language: Language, template: str, places: Mapping[str, object]) -> Letter:
    """The mail of a template: texts `mail.<template>.subject` and `.text`. Raises KeyError when there is none."""
    subject = texts.text(language, f"mail.{template}.subject", **places)
    return Letter(
        subject=subject,
        text=texts.text(language, f"mail.{template}.text", **places),
        html=_PAGE.format(
            language=language,
            title=html.escape(subject),
            paragraphs="\n".join(_paragraphs(language, texts.text(language, f"mail.{template}.text"), places)),
        ),
    )


def _paragraphs(language: Language, text: str, places: Mapping[str, object]) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield f"<p>{'<br>'.join(_line(language, line, places) for line in paragraph.split(chr(10)))}</p>"


def _line(language: Language, line: str, places: Mapping[str, object]) -> str:
    linked = _LINKED.match(line)
    if linked is None:
        return html.escape(line.format(**places))
    host = urlsplit(str(places["portal"])).netloc
    words = texts.text(language, _WORDS[linked["page"]], host=host)
    address = linked["address"].format(**places)
    return (
        f'{html.escape(linked["words"].format(**places))}:<br><a href="{html.escape(address)}">{html.escape(words)}</a>'
    )
