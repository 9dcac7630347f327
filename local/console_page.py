"""The console as a page for people: plain HTML without scripts; every value is escaped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyotp import TOTP

from local.cast import ANSWERS, RECOVERY_CODES, SEED

STYLE = Path(__file__).with_name("console.css").read_text()
_WORDS = (
    '<p class="quiet">A click on an address, password or code selects it. Codes last half a minute and work once: load '
    f"this page again for a new one, or enter the key <code>{escape(SEED)}</code> in any authenticator app. "
    f"Recovery codes: <code>{escape(RECOVERY_CODES[0])}</code> to <code>{escape(RECOVERY_CODES[-1])}</code>. "
    f"Questions: {escape(', '.join(ANSWERS))}, with the answers in this order.</p>"
)
_SHOWN_MAILS = 3
_IN_FRAME = "allow-top-navigation-by-user-activation"
_RESULTS = (
    ("bounced", "It came back for good"),
    ("bounced_for_now", "It came back for now"),
    ("complained", "They complained of it"),
)
_STEPS = (("15 minutes", 900), ("1 hour", 3600), ("1 day", 86_400), ("30 days", 2_592_000), ("90 days", 7_776_000))


def render(
    *,
    people: Sequence[Mapping[str, Any]],
    mails: Sequence[Mapping[str, Any]],
    now: datetime,
    offset: timedelta,
    jobs: Sequence[Mapping[str, Any]],
    given_up: Mapping[str, Sequence[str]],
) -> str:
    """The page as HTML."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portico on this machine</title>
<link rel="stylesheet" href="/_local/console.css">
</head>
<body>
<h1>Portico on this machine</h1>
<p class="quiet">Made-up people and mails; nothing here leaves this machine. <a href="/">Open the portal</a></p>
<main>
<section><h2>People</h2>{_people(people, now)}</section>
<section><h2>Clock</h2>{_clock(now, offset)}</section>
<section><h2>Mails</h2>{_mails(mails)}</section>
<section><h2>Jobs</h2>{_jobs(jobs)}{_given_up(given_up)}</section>
</main>
</body>
</html>
"""


def _people(people: Iterable[Mapping[str, Any]], now: datetime) -> str:
    rows = [
        (
            escape(str(person["name"])),
            f"<code>{escape(str(person['email']))}</code>",
            f"<code>{escape(str(person['password']))}</code>",
            _code(person.get("totp_secret"), now),
            escape(_list([*(person.get("answers") or {}).values()])),
            escape(_list(person.get("roles"))),
            escape(str(person.get("organization") or _list(person.get("departments")))),
        )
        for person in people
    ]
    heads = ("Name", "Email", "Password", "Code now", "Answers", "Roles", "Belongs to")
    return _table(heads, rows, "No demo people.") + (_WORDS if rows else "")


def _code(secret: str | None, now: datetime) -> str:
    """What somebody's authenticator app shows, in the portal's time."""
    return f"<code>{TOTP(secret).at(now)}</code>" if secret else ""


def _clock(now: datetime, offset: timedelta) -> str:
    ahead = f"{_span(offset)} ahead of real time" if offset else "real time"
    buttons = "".join(_button("clock", f"+ {name}", advance_seconds=str(seconds)) for name, seconds in _STEPS)
    return (
        f"<p><strong>{now:%A, %d %B %Y, %H:%M:%S} UTC</strong> ({ahead})</p>{buttons}"
        f"{_button('settle', 'Wait until all is quiet')}{_button('hold', 'Hold up what follows')}"
        f"{_button('release', 'Let it go on')}{_button('redrive', 'Dead letters back to their queues')}"
        f"{_button('reset', 'Start over with new demo data')}"
    )


def _mails(mails: Sequence[Mapping[str, Any]]) -> str:
    if not mails:
        return '<p class="quiet">None yet.</p>'
    return "".join(_mail(mail, shown=number < _SHOWN_MAILS) for number, mail in enumerate(mails))


def _mail(mail: Mapping[str, Any], *, shown: bool) -> str:
    subject, path = escape(str(mail["subject"])), f"mail/{quote(str(mail['id']))}"
    frame = f'<iframe sandbox="{_IN_FRAME}" loading="lazy" src="/_local/{path}" title="{subject}"></iframe>'
    results = "".join(_button(f"{path}/{result}", words) for result, words in _RESULTS)
    return (
        f"<article><h3>{subject}</h3>"
        f"<p>To {escape(_list(mail['to']))}, {escape(str(mail['sent_at'])[:19].replace('T', ' '))} UTC</p>"
        f"<details{' open' if shown else ''}><summary>As a mail program shows it</summary>{frame}</details>"
        f"<details><summary>As plain text</summary><pre>{_linked(str(mail['text']))}</pre></details>"
        f"<details><summary>What became of it</summary>{results}</details></article>"
    )


def _linked(text: str) -> str:
    """A text as HTML, whose addresses of this machine's portal can be followed."""
    return re.sub(r"http://(?:localhost|127\.0\.0\.1):\d+[\w/#-]*", r'<a href="\g<0>">\g<0></a>', escape(text))


def _jobs(jobs: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        (
            escape(job["name"]),
            f"<code>{escape(job['schedule'])}</code>",
            escape(job["due"][:16].replace("T", " ")),
            escape((job["last_run"] or "")[:16].replace("T", " ")),
            _button(f"jobs/{quote(job['name'])}", "Run now"),
        )
        for job in jobs
    ]
    return _table(("Job", "Schedule", "Due (UTC)", "Last run", ""), rows, "The app has no schedules yet.")


def _given_up(given_up: Mapping[str, Sequence[str]]) -> str:
    lines = "".join(f"<li>{escape(name)}: {escape(line)}</li>" for name, lines in given_up.items() for line in lines)
    return f"<h2>Given up after several tries</h2><ul>{lines}</ul>" if lines else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> str:
    """A table of cells that are HTML already."""
    if not rows:
        return f'<p class="quiet">{nothing}</p>'
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _button(action: str, label: str, **values: str) -> str:
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())
    return f'<form method="post" action="/_local/{escape(action)}">{fields}<button>{escape(label)}</button></form>'


def _list(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value or "")


def _span(offset: timedelta) -> str:
    hours, minutes = divmod(offset.seconds // 60, 60)
    parts = [
        f"{offset.days} d" if offset.days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or f"{offset.seconds} s"
