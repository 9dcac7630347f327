"""Writing: recipients, files, drafts, by keys alone (MSG-2, MSG-8)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import screens
from tests.browser.conftest import Portal
from tests.files import pdf

_PICKER = """
- dialog "Add recipients":
  - heading "Add recipients" [level=2]
  - button "Close"
  - combobox "Type":
    - option "Departments"
    - option "People in my practice" [selected]
  - searchbox "Search"
  - region "Results 1 - 4 of 4":
    - list:
      - listitem:
        - text: Bea Placeholder Administrator
        - button "Add Bea Placeholder": Add
      - listitem:
        - text: Gina Sample General user
        - button "Add Gina Sample": Add
      - listitem:
        - text: Hugo Ejemplo General user
        - button "Add Hugo Ejemplo": Add
      - listitem:
        - text: Lou Placeholder Administrator
        - 'button "Lou Placeholder: Added" [disabled]': Added
  - region "Chosen":
    - list:
      - listitem:
        - text: Lou Placeholder
        - button "Remove Lou Placeholder"
  - button "Add recipients"
  - button "Cancel"
"""

_WRITTEN = """
- main:
  - heading "New message" [level=1]
  - list "Chosen recipients":
    - listitem:
      - text: Lou Placeholder
      - button "Remove Lou Placeholder"
  - button "Add recipients"
  - button "Add CC"
  - textbox "Subject": By keys alone
  - textbox "Message": No mouse was needed.
  - checkbox "Mark as urgent" [checked]
  - button "Attachments Choose files"
  - list "Attached files":
    - listitem:
      - text: /form\\.pdf .* Ready/
      - button "Remove form.pdf": Remove
  - button "Send"
  - button "Cancel"
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A file that may be attached."""
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf())
    return file


def test_a_message_is_written_by_keys_alone(quiet: Page, portal: Portal, form: Path) -> None:
    """MSG-2, MSG-8, PLT-1: picker, file and sending without a mouse; what a screen reader finds on the way."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    screens.press_on(page, page.get_by_role("link", name="New message"), "Enter")
    opens = page.get_by_role("button", name="Add recipients")
    screens.press_on(page, opens, "Enter")
    dialog = page.get_by_role("dialog")
    screens.press_on(page, dialog.get_by_label("Type"), "ArrowDown")
    screens.press_on(page, dialog.get_by_role("button", name="Add Lou Placeholder"), "Enter")
    expect(dialog).to_match_aria_snapshot(_PICKER)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opens).to_be_focused()
    expect(page.get_by_text("Nobody chosen yet")).to_be_visible()

    page.keyboard.press("Enter")
    screens.press_on(page, dialog.get_by_label("Type"), "ArrowDown")
    screens.press_on(page, dialog.get_by_role("button", name="Add Lou Placeholder"), "Enter")
    screens.press_on(page, dialog.get_by_role("button", name="Add recipients"), "Enter")
    expect(opens).to_be_focused()
    screens.press_on(page, page.get_by_label("Subject"), None)
    page.keyboard.type("By keys alone")
    screens.press_on(page, page.get_by_label("Message", exact=True), None)
    page.keyboard.type("No mouse was needed.")
    screens.press_on(page, page.get_by_label("Mark as urgent"), "Space")
    with page.expect_file_chooser() as choosing:
        screens.press_on(page, page.locator("input[type=file]"), "Enter")
    choosing.value.set_files(form)
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("main")).to_match_aria_snapshot(_WRITTEN)
    screens.press_on(page, page.get_by_role("button", name="Send", exact=True), "Enter")
    expect(page.get_by_text("Message sent")).to_be_visible()
    # It took the draft along that was kept while it was written.
    page.get_by_role("link", name="Drafts").click()
    expect(page.get_by_text("No drafts")).to_be_visible()


def test_a_draft_is_gone_on_with_on_another_device(quiet: Page, portal: Portal, browser: Browser, form: Path) -> None:
    """MSG-2: drafts outlive a reload and signing out, and neither of two windows overwrites the other unseen."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    screens.add_recipient(page, "Credentialing Team")
    page.get_by_label("Subject").fill("Half a story")
    page.get_by_label("Message", exact=True).fill("It began on a Monday.")
    screens.attach(page, form)
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Subject")).to_have_value("Half a story")
    screens.sign_out(page)

    device = browser.new_context().new_page()
    screens.sign_in(device, portal, "Gina Sample")
    screens.open_messages(device)
    device.get_by_role("link", name="Drafts").click()
    expect(device.get_by_role("listitem").filter(has_text="Half a story")).to_contain_text("Credentialing Team")
    device.get_by_role("link", name="Half a story").click()
    told = device.get_by_label("Message", exact=True)
    expect(told).to_have_value("It began on a Monday.")
    expect(device.get_by_text("Ready", exact=True)).to_be_visible()

    screens.sign_in(page, portal, "Gina Sample")
    page.goto(device.url)
    _write(page, "It began on a Tuesday.")
    told.fill("It began on a Wednesday.")
    changed = device.get_by_role("dialog", name="This draft was changed elsewhere")
    changed.get_by_role("button", name="Open the other version").click()
    expect(told).to_have_value("It began on a Tuesday.")
    device.get_by_role("button", name="Send", exact=True).click()
    expect(device.get_by_text("Message sent")).to_be_visible()

    page.get_by_label("Message", exact=True).fill("It began on a Thursday.")
    gone = page.get_by_role("dialog", name="This draft was sent or thrown away elsewhere")
    gone.get_by_role("button", name="Discard it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    device.context.close()


def test_drafts_say_who_left_and_are_thrown_away(quiet: Page, portal: Portal, browser: Browser) -> None:
    """MSG-2: a draft survives who it was meant for; deleting one is asked about."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    page.get_by_role("button", name="Add recipients").click()
    page.get_by_role("dialog").get_by_label("Type").select_option(label="People in my practice")
    page.get_by_role("dialog").get_by_role("button", name="Add Hugo Ejemplo").click()
    page.get_by_role("dialog").get_by_role("button", name="Add recipients").click()
    page.get_by_label("Subject").fill("For Hugo")
    # Leaving keeps what was typed this moment, without a question.
    screens.open_messages(page)
    expect(page.get_by_text("saved under Drafts")).to_be_visible()

    administrator = browser.new_context().new_page()
    screens.sign_in(administrator, portal, "Lou Placeholder")
    administrator.get_by_role("link", name="User Management").first.click()
    administrator.get_by_role("link", name="Hugo Ejemplo").click()
    administrator.get_by_role("button", name="Disable", exact=True).click()
    dialog = administrator.get_by_role("dialog")
    dialog.get_by_label("Comment (required)").fill("Has left the practice")
    dialog.get_by_role("button", name="Disable", exact=True).click()
    expect(dialog).to_be_hidden()
    administrator.context.close()

    page.get_by_role("link", name="Drafts").click()
    page.get_by_role("link", name="For Hugo").click()
    expect(page.get_by_text("Hugo Ejemplo, no longer reachable")).to_be_visible()
    page.get_by_label("Message", exact=True).fill("Are you there?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name="Remove those who can no longer be reached: Hugo Ejemplo.")).to_be_visible()
    page.get_by_role("button", name="Remove Hugo Ejemplo").click()
    expect(page.get_by_role("button", name="Add recipients")).to_be_focused()
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Keep draft").click()
    expect(page.get_by_text("saved under Drafts")).to_be_visible()
    page.get_by_role("link", name="Drafts").click()
    page.get_by_role("button", name="Delete draft: For Hugo").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Draft deleted")).to_be_visible()
    expect(page.get_by_text("No drafts")).to_be_visible()


def test_an_answer_that_was_left_opens_in_its_conversation(quiet: Page, portal: Portal) -> None:
    """MSG-2, MSG-5: the Back button keeps it; it is known by the subject, and goes along when it is sent."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    screens.row(page, "Re-credentialing date").get_by_role("link").first.click()
    page.get_by_role("button", name="Reply to").first.click()
    page.get_by_role("button", name="Reply", exact=True).first.click()
    page.get_by_label("Message", exact=True).fill("A reply begun")
    page.go_back()
    expect(page.get_by_text("saved under Drafts")).to_be_visible()
    page.get_by_role("link", name="Drafts").click()
    page.get_by_role("link", name="Re-credentialing date").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("A reply begun")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    page.get_by_role("link", name="Back to Inbox").click()
    page.get_by_role("link", name="Drafts").click()
    expect(page.get_by_text("No drafts")).to_be_visible()


def test_one_file_is_tried_again(quiet: Page, portal: Portal, form: Path) -> None:
    """MSG-8: of several files one, dropped, fails and gets there at the second try; a refused one says why."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    _drop(page, form, page.get_by_label("Message", exact=True))
    expect(page.get_by_role("list", name="Attached files")).to_have_count(0)
    page.route(lambda url: not url.startswith(portal.address), _interrupted_once())
    _drop(page, form, page.get_by_text("or drop them here"))
    expect(page.get_by_text("The upload was interrupted.")).to_be_visible()
    wrong = {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    page.locator("input[type=file]").set_input_files(wrong)  # type: ignore[arg-type]
    expect(page.get_by_text("This type of file is not allowed.")).to_be_visible()
    expect(page.get_by_text("Remove or retry the files that cannot be sent: form.pdf, tool.exe.")).to_be_visible()
    page.get_by_role("button", name="Retry form.pdf").click()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Remove tool.exe").click()
    expect(page.get_by_text("Remove or retry")).to_be_hidden()


def _write(page: Page, text: str) -> None:
    """Write a message's text and wait until that version is kept."""
    with page.expect_response(lambda answer: "/drafts/" in answer.url and answer.request.method == "PUT") as keeping:
        page.get_by_label("Message", exact=True).fill(text)
    assert keeping.value.ok


def _drop(page: Page, file: Path, where: Locator) -> None:
    """Drag a file from outside the browser and drop it, as Chromium has it from the desktop."""
    where.scroll_into_view_if_needed()
    box = where.bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    desktop = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        desktop.send("Input.dispatchDragEvent", {"type": step, **point, "data": data})


def _interrupted_once() -> Callable[[Route], None]:
    tried: list[str] = []

    def handle(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    return handle
