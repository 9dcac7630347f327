"""What people do on the screens, in the words of the screens."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Portal

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def sign_in(page: Page, portal: Portal, name: str) -> None:
    """Open the portal and sign in as a demo person."""
    person = portal.person(name)
    page.goto(portal.address)
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    give_code(page, portal, person) if person["totp_secret"] else None
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")


def give_code(page: Page, portal: Portal, person: dict[str, Any]) -> None:
    """The step after the password, for whoever has a second factor (CRD-9)."""
    page.get_by_label("6-digit code").fill(portal.code(person))
    page.get_by_role("button", name="Continue", exact=True).click()


def go_on(page: Page) -> None:
    """To the next step of a form in steps: its heading takes the focus (PLT-1)."""
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def answer_questions(page: Page) -> None:
    """Choose and answer three security questions, and go on (CRD-3)."""
    chosen = (("first_pet", "Biscuit"), ("first_dish", "Lentil soup"), ("lost_thing", "A blue kite"))
    for number, (question, answer) in enumerate(chosen, start=1):
        group = page.get_by_role("group", name=f"Security question {number}")
        group.get_by_label("Question", exact=True).select_option(question)
        group.get_by_label("Your answer").fill(answer)
    go_on(page)


def keep_codes(page: Page) -> list[str]:
    """Say that the recovery codes are kept. Returns them."""
    shown = page.get_by_role("list", name="Recovery codes")
    expect(shown.get_by_role("listitem")).to_have_count(10)
    codes = shown.get_by_role("listitem").all_inner_texts()
    page.get_by_label("I have kept these codes").check()
    page.get_by_role("button", name="Continue").click()
    return codes


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def open_organization(page: Page, name: str) -> None:
    """Switch to another organization of the same person (ACC-8)."""
    banner = page.get_by_role("banner")
    banner.get_by_role("button", name="Switch organization").click()
    banner.get_by_role("button", name=f"Open {name}").click()
    expect(banner).to_contain_text(f"Organization: {name}")


def badge(page: Page, unread: int) -> None:
    """Expect the badge beside Messages to show exactly this number (MSG-4)."""
    expect(page.get_by_role("banner").get_by_role("link", name=f"Messages, {unread} unread").first).to_be_visible()


def open_messages(page: Page) -> None:
    page.get_by_role("banner").get_by_role("link", name="Messages").first.click()


def row(page: Page, subject: str) -> Locator:
    """The row of a message in the box that is open."""
    return page.get_by_role("row").filter(has_text=subject)


def answer(page: Page, how: str) -> None:
    """Reply, Reply all or Forward, from the menu at the top of a conversation (MSG-5)."""
    page.get_by_role("button", name="Reply to", exact=True).click()
    page.get_by_role("button", name=how, exact=True).click()


def mailbox(page: Page) -> str:
    """Id of the first mailbox of whoever is signed in."""
    listed: dict[str, Any] = page.evaluate("fetch('/api/mailboxes').then(answer => answer.json())")
    return str(listed["items"][0]["id"])


def practice(page: Page, name: str) -> str:
    """Id of a practice, as staff who are signed in find it by a part of its name."""
    path = f"/api/recipients?mailbox_id={mailbox(page)}&kind=organization"
    ask = "([path, search]) => fetch(path, {headers: {'X-Portal-Search': search}}).then(answer => answer.json())"
    listed: dict[str, Any] = page.evaluate(ask, [path, quote(name)])
    return str(listed["items"][0]["id"])


def send(page: Page, to: str, subjects: Iterable[str], *, urgent: bool = False) -> None:
    """Send messages to a mailbox by the API, as whoever is signed in."""
    sent = page.evaluate(
        """async ([mailbox, to, subjects, urgent]) => {
            const found = []
            for (const subject of subjects) {
                const answer = await fetch(`/api/mailboxes/${mailbox}/messages`, {
                    method: 'POST',
                    headers: {
                        'Content-Type': 'application/json',
                        'X-Portal-CSRF': '1',
                        'Idempotency-Key': crypto.randomUUID(),
                    },
                    body: JSON.stringify({to: [to], subject, text: 'A text.', urgent}),
                })
                found.push(answer.status)
            }
            return found
        }""",
        [mailbox(page), to, list(subjects), urgent],
    )
    assert set(sent) == {201}, sent


def add_recipient(page: Page, name: str) -> None:
    """Choose somebody in the picker (MSG-2)."""
    page.get_by_role("button", name="Add recipients").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=f"Add {name}").click()
    dialog.get_by_role("button", name="Add recipients").click()
    expect(dialog).to_be_hidden()


def attach(page: Page, file: Path) -> None:
    """Attach a file and wait until it has been checked."""
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=60_000)


def press_on(page: Page, wanted: Locator, key: str | None) -> None:
    """Go on with Tab until something has the focus, then press a key on it."""
    wanted.wait_for()
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            if key:
                page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not reach it")


def awaited_mails(portal: Portal, address: str) -> list[str]:
    """Texts of the mails to an address, newest first, once there is one: a stream comes a little later."""
    deadline = time.monotonic() + 20
    found: list[str] = []
    while not found and time.monotonic() < deadline:
        found = mails(portal, address)
    return found


def mails(portal: Portal, address: str) -> list[str]:
    """Texts of the mails to an address, the newest first, once all is quiet."""
    portal.console("POST", "settle")
    return [mail["text"] for mail in portal.mails() if mail["to"] == [address]]


def check_accessibility(page: Page, axe: str, where: str) -> None:
    """No violation of WCAG 2.2 AA that axe can find (PLT-1)."""
    # Half a megabyte, which stays as long as the page is not loaded anew.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", _RULES
    )
    violations = [
        (violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found["violations"]
    ]
    assert violations == [], where


def check_width(page: Page, where: str) -> None:
    """Nothing is wider than the screen (PLT-1)."""
    width, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen, f"{where}: {width} px on a screen of {screen} px"
