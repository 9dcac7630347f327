"""Staff write to practices, to one or to many at once, and no two of them the same (MSG-1, MSG-6, MSG-7, MSG-11)."""

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal


def test_staff_write_to_everybody_at_a_practice(quiet: Page, portal: Portal) -> None:
    """MSG-1: one practice at a time, found by its TIN; how many it reaches is said before."""
    page = quiet
    screens.sign_in(page, portal, "Ada Fictional")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    page.get_by_role("button", name="Add recipients").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Type").select_option(label="Person at a practice")
    dialog.get_by_label("Search").fill("birch")
    dialog.get_by_role("button", name="Choose Birch Sample Pediatrics").click()
    dialog.get_by_role("button", name="Add Peter Specimen").click()
    dialog.get_by_label("Type").select_option(label="Administrators of a practice")
    expect(dialog.get_by_role("button", name="Add Administrators of Birch Sample Pediatrics")).to_be_visible()
    expect(dialog.get_by_text("people of one practice")).to_be_visible()
    expect(dialog.get_by_text("Maple Example Clinic")).to_be_hidden()
    dialog.get_by_role("button", name="Remove Peter Specimen").click()

    dialog.get_by_label("Type").select_option(label="Everybody at a practice")
    dialog.get_by_label("Search").fill("000000001")
    dialog.get_by_role("button", name="Add Everybody at Maple Example Clinic").click()
    dialog.get_by_role("button", name="Add recipients").click()
    page.get_by_label("Subject").fill("Our hours on Friday")
    page.get_by_label("Message", exact=True).fill("Our office is closed on Friday.")
    page.get_by_role("button", name="Send", exact=True).click()
    question = page.get_by_role("dialog", name="Send to everybody at Maple Example Clinic?")
    expect(question).to_contain_text("It reaches 4 active people.")
    question.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    expect(screens.row(page, "Our hours on Friday")).to_contain_text("Maple Example Clinic")
    screens.sign_out(page)
    screens.sign_in(page, portal, "Gina Sample")
    screens.badge(page, 2)


def test_a_large_send_says_so_until_everybody_has_it(quiet: Page, portal: Portal) -> None:
    """MSG-7: more than one transaction takes is accepted at once; the row in Sent says which group, and `Sending`."""
    page = quiet
    screens.sign_in(page, portal, "Ada Fictional")
    screens.open_messages(page)
    portal.join(screens.practice(page, "birch"), 60)
    page.get_by_role("link", name="New message").click()
    page.get_by_role("button", name="Add recipients").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Type").select_option(label="Everybody at a practice")
    dialog.get_by_role("button", name="Add Everybody at Birch Sample Pediatrics").click()
    dialog.get_by_role("button", name="Add recipients").click()
    page.get_by_label("Subject").fill("Our hours on Friday")
    page.get_by_label("Message", exact=True).fill("Our office is closed on Friday.")
    portal.console("POST", "hold")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_text("accepted and is being sent")).to_be_visible()
    sent = screens.row(page, "Our hours on Friday")
    expect(sent.get_by_text("Sending", exact=True)).to_be_visible()
    expect(sent).to_contain_text("Everybody at Birch Sample Pediatrics")
    portal.console("POST", "release")
    portal.console("POST", "settle")
    page.reload()
    expect(sent).to_be_visible()
    expect(sent.get_by_text("Sending", exact=True)).to_have_count(0)


def test_what_staff_forward_stays_in_its_practice(quiet: Page, portal: Portal) -> None:
    """MSG-1: the picker offers its people, its groups and departments, and no other practice."""
    page = quiet
    screens.sign_in(page, portal, "Ada Fictional")
    screens.open_messages(page)
    page.get_by_role("navigation", name="Message boxes").get_by_role("link", name="Sent").click()
    page.get_by_role("link", name="Re-credentialing date").click()
    screens.answer(page, "Forward")
    page.get_by_role("button", name="Add recipients").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Type").select_option(label="Person at a practice")
    expect(dialog.get_by_text("Practice: Maple Example Clinic")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add Hugo Ejemplo")).to_be_visible()
    expect(dialog.get_by_role("button", name="Choose another practice")).to_have_count(0)
    dialog.get_by_label("Type").select_option(label="Administrators of a practice")
    groups = dialog.get_by_role("region", name="Results").get_by_role("listitem")
    expect(groups).to_have_count(1)
    groups.get_by_role("button", name="Add Administrators of Maple Example Clinic").click()
    dialog.get_by_role("button", name="Add recipients").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()


def test_two_do_not_answer_the_same_unknowingly(quiet: Page, portal: Portal, browser: Browser) -> None:
    """MSG-6: who answers after a colleague is told whose answer to look at, and may send all the same."""
    page = quiet
    screens.sign_in(page, portal, "Ada Fictional")
    _answer(page, "It is in the directory now.")
    colleague = browser.new_context().new_page()
    screens.sign_in(colleague, portal, "Edith Fictional")
    colleague.get_by_role("banner").get_by_role("link", name="Credentialing Team").click()
    _answer(colleague, "We added it.")
    colleague.get_by_role("button", name="Send", exact=True).click()
    expect(colleague.get_by_text("Message sent")).to_be_visible()
    colleague.context.close()

    page.get_by_role("button", name="Send", exact=True).click()
    told = page.get_by_role("dialog", name="Edith Fictional answered meanwhile")
    told.get_by_role("button", name="Look at that answer").click()
    expect(page.get_by_text("We added it.")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    expect(page.get_by_text("It is in the directory now.")).to_be_visible()


def test_a_list_of_practices_gets_the_same_words(quiet: Page, portal: Portal) -> None:
    """MSG-11: what is wrong with the list is told before, and whom it did not go to after."""
    page = quiet
    screens.sign_in(page, portal, "Ada Fictional")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    page.get_by_role("link", name="Write to many practices at once").click()
    lines = b"TIN\n00-0000001\n000000002\n000000099\n7\n"
    wave = {"name": "wave.csv", "mimeType": "text/csv", "buffer": lines}
    page.get_by_label("Practices (CSV file)").set_input_files(wave)  # type: ignore[arg-type]
    expect(page.get_by_text("wave.csv: 3 practices.")).to_be_visible()
    expect(page.get_by_text("Line 5: 7")).to_be_visible()
    page.get_by_label("Subject").fill("New fee schedule")
    page.get_by_label("Message", exact=True).fill("It is in the library.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("dialog", name="Send to 3 practices?").get_by_role("button", name="Send").click()
    expect(page.get_by_text("3 of 3, 1 problem")).to_be_visible()
    expect(page.get_by_text("TIN 000000099: There is no organization with this number.")).to_be_visible()
    screens.sign_out(page)
    screens.sign_in(page, portal, "Lou Placeholder")
    screens.open_messages(page)
    screens.row(page, "New fee schedule").get_by_role("link").first.click()
    expect(page.get_by_text("It is in the library.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Birch")


def _answer(page: Page, text: str) -> None:
    """Begin an answer to the demo's message to the Credentialing Team."""
    if page.get_by_role("heading", level=1).inner_text().startswith("Welcome"):
        screens.open_messages(page)
    page.get_by_role("navigation", name="Message boxes").get_by_role("link", name="Inbox").click()
    screens.row(page, "New fax number").get_by_role("link").first.click()
    page.get_by_role("button", name="Reply to").first.click()
    page.get_by_role("button", name="Reply", exact=True).first.click()
    page.get_by_label("Message", exact=True).fill(text)
