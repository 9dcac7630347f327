"""Boxes and conversations, as people work with them (MSG-3, MSG-4, MSG-5, MSG-7, MSG-9)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

# As whoever is signed in, by the API; what each was answered with.
_ANSWERS = """async ([mailbox, thread, count]) => {
    const path = `/api/mailboxes/${mailbox}/threads/${thread}`
    const {messages} = await fetch(path).then(answer => answer.json())
    const found = []
    for (let number = 1; number <= count; number += 1) {
        const body = {message_id: messages[0].id, text: `Answer ${number}`, urgent: false, all: false, upload_ids: []}
        const headers = {
            'Content-Type': 'application/json',
            'X-Portal-CSRF': '1',
            'Idempotency-Key': crypto.randomUUID(),
        }
        const answer = await fetch(`${path}/replies`, {method: 'POST', headers, body: JSON.stringify(body)})
        found.push(answer.status)
    }
    return found
}"""
_TYPED = "Search by name or subject"


@pytest.fixture
def gina(quiet: Page, portal: Portal) -> Page:
    """Gina, in her inbox."""
    screens.sign_in(quiet, portal, "Gina Sample")
    screens.open_messages(quiet)
    expect(screens.row(quiet, "Coverage after a move")).to_be_visible()
    return quiet


@pytest.fixture
def lou(portal: Portal, browser: Browser) -> Iterator[Page]:
    """Lou, of the same practice, in a browser of his own."""
    with browser.new_context() as apart:
        page = apart.new_page()
        screens.sign_in(page, portal, "Lou Placeholder")
        yield page


def test_a_box_is_sorted_both_ways_searched_and_paged(gina: Page, lou: Page) -> None:
    """MSG-3: by each heading both ways, and by what is typed, of which nothing is in the address; Back leads there."""
    page = gina
    screens.send(lou, screens.mailbox(page), ["Árbol", "zebra"], urgent=True)
    screens.send(lou, screens.mailbox(page), [f"Note {number:02}" for number in range(24)])
    page.reload()
    expect(_subjects(page)).to_have_count(25)
    expect(_subjects(page).first).to_have_text("Note 23")
    _sort(page, "Subject", "ascending", first="Árbol")
    _sort(page, "Subject", "descending", first="zebra")
    _sort(page, "From", "ascending", first="Re-credentialing date")
    _sort(page, "Importance", "descending", first="zebra")
    _sort(page, "Received", "descending", first="Note 23")
    _sort(page, "Received", "ascending", first="Re-credentialing date")
    page.get_by_role("button", name="Next").click()
    expect(_subjects(page)).to_have_text(["Note 21", "Note 22", "Note 23"])
    page.get_by_role("button", name="Previous").click()
    expect(_subjects(page)).to_have_count(25)

    box = page.url
    page.get_by_label(_TYPED).fill("ARBOL")
    expect(_subjects(page)).to_have_text(["Árbol"])
    page.get_by_label(_TYPED).fill("edential")
    expect(_subjects(page)).to_have_text(["Re-credentialing date"])
    assert page.url == box
    assert "edential" not in page.evaluate("JSON.stringify(history.state)")
    page.get_by_role("link", name="Re-credentialing date").click()
    page.get_by_role("link", name="Back to Inbox").click()
    expect(page.get_by_label(_TYPED)).to_have_value("edential")
    expect(_subjects(page)).to_have_text(["Re-credentialing date"])
    page.get_by_label(_TYPED).fill("nothing like it")
    expect(page.get_by_role("heading", name="No messages found")).to_be_visible()
    page.get_by_role("button", name="Clear search").click()
    expect(page.get_by_label(_TYPED)).to_be_focused()
    expect(_subjects(page).first).to_have_text("Re-credentialing date")
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_label("Sort by").select_option("Newest first")
    expect(_subjects(page).first).to_have_text("Note 23")


def test_several_messages_are_filed_at_once(gina: Page) -> None:
    """MSG-3, MSG-4: all of a page to the archive and one back; the badge is exact, and archiving reads nothing."""
    page = gina
    screens.badge(page, 1)
    page.get_by_label("Select all on this page").check()
    bar = page.get_by_role("group", name="Selected messages")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Mark unread").click()
    expect(page.get_by_text("2 messages marked as unread")).to_be_visible()
    screens.badge(page, 2)
    expect(page.get_by_label("Select all on this page")).to_be_focused()
    page.get_by_label("Select all on this page").check()
    bar.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("2 messages archived")).to_be_visible()
    expect(page.get_by_role("heading", name="Your inbox is empty")).to_be_visible()
    screens.badge(page, 0)

    page.get_by_role("navigation", name="Message boxes").get_by_role("link", name="Archived").click()
    page.get_by_label("Select Coverage after a move").check()
    page.get_by_role("button", name="Mark read", exact=True).click()
    expect(screens.row(page, "Coverage after a move")).not_to_contain_text("Unread")
    page.get_by_label("Select Re-credentialing date").check()
    page.get_by_role("button", name="Move to inbox").click()
    expect(page.get_by_text("1 message moved to the inbox")).to_be_visible()
    expect(_subjects(page)).to_have_text(["Coverage after a move"])
    screens.badge(page, 1)


def test_a_message_is_forwarded_and_its_sender_sees_who_has_read_it(gina: Page, lou: Page) -> None:
    """MSG-5, MSG-7: with a note and what it says, in a conversation of its own; delivered, then read."""
    page = gina
    page.get_by_role("link", name="Re-credentialing date").click()
    screens.answer(page, "Forward")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert", name="Alert: Your message was not sent")).to_be_focused()
    page.get_by_role("button", name="Add recipients").click()
    page.get_by_role("dialog").get_by_label("Type").select_option("member")
    page.get_by_role("dialog").get_by_role("button", name="Add Lou Placeholder").click()
    page.get_by_role("dialog").get_by_role("button", name="Add recipients").click()
    page.get_by_label("Note (optional)").fill("For your list.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    screens.open_messages(page)
    page.get_by_role("navigation", name="Message boxes").get_by_role("link", name="Sent").click()
    expect(page.get_by_label("Select all on this page")).to_have_count(0)
    page.get_by_role("link", name="Fwd: Re-credentialing date").click()
    receipts = page.get_by_role("button", name="Delivered and read")
    receipts.click()
    expect(page.get_by_text("Delivered to 1 of 1")).to_be_visible()
    told = page.get_by_role("list", name="Delivered and read").get_by_role("listitem")
    expect(told).to_have_text(["Lou Placeholder" + "Delivered, not read yet"])

    screens.open_messages(lou)
    lou.get_by_role("link", name="Fwd: Re-credentialing date").click()
    expect(lou.get_by_role("article")).to_contain_text("For your list.")
    quoted = lou.get_by_role("blockquote", name="Forwarded message")
    expect(quoted).to_contain_text("The application is due at the end of next month.")
    expect(quoted).to_contain_text("Credentialing Team")
    screens.badge(lou, 0)
    page.reload()
    receipts.click()
    expect(told).to_contain_text(["Lou Placeholder" + "Read "])


def test_a_message_that_came_in_error_is_told_and_a_print_leaves_its_record(gina: Page) -> None:
    """MSG-5, MSG-10: the plan is told which message; the paper has the messages, the notice, and who printed them."""
    page = gina
    page.get_by_role("link", name="Re-credentialing date").click()
    page.get_by_role("button", name="This reached me in error").click()
    dialog = page.get_by_role("dialog", name="This reached me in error")
    expect(dialog).to_contain_text("The plan is told which message it is")
    with page.expect_response("**/misdirected") as told:
        dialog.get_by_role("button", name="Tell the plan").click()
    assert told.value.json() == {"reported": True}
    expect(page.get_by_text("The plan has been told that this message reached you in error")).to_be_visible()

    thread = page.url.rsplit("/", 1)[-1]
    assert page.evaluate(_ANSWERS, [screens.mailbox(page), thread, 25]) == [201] * 25
    page.reload()
    expect(page.get_by_role("article")).to_have_count(25)
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('article').length }")
    with page.expect_response("**/prints") as recorded:
        page.get_by_role("button", name="Print").click()
    assert recorded.value.status == 204
    # All of it, also what was not on the page.
    page.wait_for_function("window.printed === 27")
    expect(page.get_by_role("button", name="Show older messages")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.get_by_text("Printed by Gina Sample")).to_be_visible()
    expect(page.get_by_role("complementary", name="Confidentiality notice")).to_be_visible()
    for hidden in (page.get_by_role("banner"), page.get_by_role("contentinfo"), page.get_by_role("button")):
        expect(hidden).to_have_count(0)


def test_a_message_is_withdrawn_where_nobody_has_read_it(gina: Page, lou: Page, portal: Portal) -> None:
    """MSG-9: who had read it keeps it marked, for all others it is gone, and the sender is told who."""
    page = gina
    page.get_by_role("link", name="New message").click()
    screens.add_recipient(page, "BH Care Management")
    page.get_by_role("button", name="Add CC").click()
    page.get_by_role("dialog").get_by_label("Type").select_option("member")
    page.get_by_role("dialog").get_by_role("button", name="Add Lou Placeholder").click()
    page.get_by_role("dialog").get_by_role("button", name="Add recipients").click()
    page.get_by_label("Subject").fill("Sent too early")
    page.get_by_label("Message", exact=True).fill("Not for anybody yet.")
    page.get_by_role("button", name="Send", exact=True).click()
    screens.open_messages(lou)
    lou.get_by_role("link", name="Sent too early").click()
    expect(lou.get_by_text("Not for anybody yet.")).to_be_visible()
    screens.badge(lou, 0)

    page.get_by_role("link", name="Sent too early").click()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog", name="Withdraw this message?").get_by_role("button", name="Withdraw").click()
    result = page.get_by_role("dialog", name="The message is withdrawn")
    expect(result).to_contain_text("1 unread copy was withdrawn.")
    expect(result.get_by_role("listitem")).to_have_text(["Lou Placeholder"])
    result.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_role("article")).to_contain_text("Withdrawn Nov")
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)
    screens.open_messages(lou)
    expect(screens.row(lou, "Sent too early")).to_contain_text("Withdrawn")

    screens.sign_out(page)
    screens.sign_in(page, portal, "Boris Fictional")
    expect(page.get_by_role("banner").get_by_role("link", name="BH Care Management, 0 unread")).to_be_visible()


def test_a_message_is_read_answered_and_archived_by_keyboard(gina: Page) -> None:
    """PLT-1: with the keyboard alone, and in the words that a screen reader has."""
    page = gina
    expect(page.get_by_role("table", name="Inbox")).to_match_aria_snapshot("""
      - table "Inbox":
        - rowgroup:
          - row:
            - columnheader "Select"
            - columnheader "Importance":
              - button "Importance"
            - columnheader "Attachment":
              - button "Attachment"
            - columnheader "From":
              - button "From"
            - columnheader "Subject":
              - button "Subject"
            - columnheader "Received":
              - button "Received"
        - rowgroup:
          - row:
            - cell:
              - checkbox "Select Coverage after a move, Eligibility and Enrollment Team"
            - cell
            - cell
            - cell "Eligibility and Enrollment Team"
            - cell "Unread Coverage after a move":
              - link "Coverage after a move"
            - cell /\\w+ \\d+, \\d+, .* UTC/
          - row
    """)
    received = page.get_by_role("columnheader", name="Received")
    expect(received).to_have_attribute("aria-sort", "descending")
    screens.press_on(page, page.get_by_role("link", name="Coverage after a move"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("main")).to_match_aria_snapshot("""
      - paragraph:
        - link "Back to Inbox"
      - heading "Coverage after a move" [level=1]
      - paragraph: "Practice: Maple Example Clinic"
      - group "Message actions":
        - button "Reply to"
        - button "Archive"
        - button "Mark unread"
        - button "Print"
      - list "Messages in this conversation":
        - listitem:
          - article "Message from Eligibility and Enrollment Team":
            - term: From
            - definition: Eligibility and Enrollment Team
            - term: To
            - definition: Gina Sample
            - time
            - text: /The first day of the month/
            - group "More about this message":
              - button /Reply to the message from Eligibility and Enrollment Team, .* UTC/
              - button "This reached me in error"
        - listitem:
          - article "Message from Gina Sample":
            - group "More about this message":
              - button /Reply to the message from Gina Sample/
              - button "Delivered and read"
              - button "Withdraw"
      - complementary "Confidentiality notice"
    """)
    menu = page.get_by_role("button", name="Reply to", exact=True)
    screens.press_on(page, menu, "Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    screens.press_on(page, page.get_by_role("button", name="Reply", exact=True), "Enter")
    expect(page.get_by_role("heading", name="Reply")).to_be_focused()
    screens.press_on(page, page.get_by_label("Message", exact=True), None)
    page.keyboard.type("Thank you.")
    screens.press_on(page, page.get_by_role("button", name="Send", exact=True), "Enter")
    expect(page.get_by_text("Message sent")).to_be_visible()
    expect(menu).to_be_focused()
    screens.press_on(page, page.get_by_role("button", name="Archive"), "Enter")
    expect(page.get_by_role("status").get_by_text("Archived")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(screens.row(page, "Coverage after a move")).to_have_count(0)


def _subjects(page: Page) -> Locator:
    return page.get_by_role("row").get_by_role("link")


def _sort(page: Page, column: str, direction: str, *, first: str) -> None:
    """Press a heading; expect the order it says, and which row comes first."""
    heading = page.get_by_role("columnheader", name=column)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", direction)
    expect(_subjects(page).first).to_have_text(first)
