"""Walks through messages: of a member, beginning with signing in, of staff who write, of a desk."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.tour import Tour


def member(tour: Tour) -> Iterator[str]:
    """Yields the name of each page while it is shown: signing in, and what a member has (PLT-1)."""
    page = tour.page
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in("nobody@people.example", "Wrong-Password-1")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "sign-in"
    person = tour.portal.person("Gina Sample")
    tour.sign_in(person["email"], person["password"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gina Sample")
    tour.switch_language()
    yield "home"
    for box in ("sent", "archived", "inbox"):
        tour.go(f"/messages/{tour.mailbox()}/{box}")
        expect(page.get_by_role("heading", level=1)).to_have_text(tour.texts[f"messages.{box}"])
        yield box
    screens.row(page, "Re-credentialing date").get_by_role("link").first.click()
    expect(page.get_by_text("The application is due at the end of next month.")).to_be_visible()
    page.get_by_role("button", name=tour.texts["thread.receipts"]).click()
    expect(page.get_by_text(tour.texts["thread.receipts.delivered"].format(delivered=1, total=1))).to_be_visible()
    yield "thread"
    for dialog in ("thread.misdirected", "thread.recall"):
        tour.button(dialog)
        expect(page.get_by_role("dialog")).to_be_visible()
        yield dialog
        page.keyboard.press("Escape")
    tour.button("thread.replyMenu")
    tour.button("thread.forward")
    expect(page.get_by_label(tour.texts["compose.note"])).to_be_visible()
    yield "forward"
    tour.button("thread.replyMenu")
    yield "reply-menu"
    tour.button("thread.reply")
    expect(page.get_by_label(tour.texts["compose.text"], exact=True)).to_be_visible()
    yield "reply"
    tour.go(f"/messages/{tour.mailbox()}/new")
    expect(page.locator("textarea")).to_be_visible()
    yield "compose"
    tour.button("compose.addTo")
    expect(page.get_by_role("dialog")).to_contain_text("BH Care Management")
    yield "picker"
    page.keyboard.press("Escape")
    tour.go("/help")
    expect(page.get_by_role("heading", level=1)).to_have_text(tour.texts["help.title"])
    yield "help"
    tour.go("/work")
    expect(page.get_by_role("heading", level=1)).to_have_text(tour.texts["work.title"])
    expect(page.get_by_text(tour.texts["work.none"])).to_be_visible()
    yield "work"


def writing(tour: Tour) -> Iterator[str]:
    """Whom staff write to, what is asked before, and drafts (MSG-1, MSG-2, MSG-11)."""
    page = tour.page
    screens.sign_in(page, tour.portal, "Ada Fictional")
    tour.switch_language()
    tour.go(f"/messages/{tour.mailbox()}/new")
    tour.button("compose.send")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "compose-refused"
    tour.button("compose.addTo")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option("member")
    expect(dialog).to_contain_text("Birch Sample Pediatrics")
    yield "picker-practices"
    dialog.get_by_role("combobox").select_option("everybody")
    dialog.get_by_role("listitem").filter(has_text="Birch Sample Pediatrics").get_by_role("button").click()
    yield "picker-group"
    dialog.get_by_role("button", name=tour.texts["picker.confirm"], exact=True).click()
    page.get_by_label(tour.texts["compose.subject"]).fill("Example")
    page.get_by_label(tour.texts["compose.text"], exact=True).fill("An example")
    tour.button("compose.send")
    expect(dialog).to_contain_text("4")
    yield "compose-everybody"
    page.keyboard.press("Escape")
    tour.button("compose.cancel")
    yield "compose-cancel"
    tour.button("drafts.cancel.keep")
    expect(page.get_by_text(tour.texts["drafts.keptFlash"])).to_be_visible()
    tour.go(f"/messages/{tour.mailbox()}/drafts")
    delete = page.get_by_role("button", name=tour.texts["drafts.deleteNamed"].format(subject="Example"))
    expect(delete).to_be_visible()
    yield "drafts"
    delete.click()
    yield "draft-delete"
    page.keyboard.press("Escape")
    tour.go(f"/messages/{tour.mailbox()}/broadcast")
    tour.button("compose.send")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "broadcast"


def desk(tour: Tour) -> Iterator[str]:
    """What a department's agents share, and what plan administrators keep of departments (MSG-5, MSG-6)."""
    page = tour.page
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Boris Fictional")
    expect(page.get_by_role("region", name=tour.texts["nav.attention"])).to_contain_text("IDD Care Management")
    yield "attention-agent"
    tour.go("/messages/dep_iddcare000/conversations")
    expect(page.get_by_role("row").filter(has_text="Renewal of a support plan")).to_be_visible()
    yield "conversations"
    page.get_by_role("link", name="Renewal of a support plan").click()
    expect(page.get_by_text("The new form comes out on Monday.")).to_be_visible()
    yield "desk"
    tour.button("desk.note.add")
    expect(page.get_by_role("alert").first).to_be_visible()
    tour.button("desk.move.reassign")
    expect(page.get_by_role("dialog")).to_contain_text("Edith Fictional")
    yield "reassign"
    page.keyboard.press("Escape")
    tour.button("nav.signOut")
    tour.sign_in_as("Paula Fictional")
    tour.go("/departments")
    expect(page.get_by_role("listitem", name="IDD Care Management")).to_be_visible()
    yield "departments"
    tour.button("departments.add")
    page.get_by_role("dialog").get_by_role("button", name=tour.texts["staff.save"]).click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    yield "new-department"
    page.keyboard.press("Escape")
    tour.go("/misdirected")
    expect(page.get_by_text(tour.texts["misdirected.none.open"])).to_be_visible()
    yield "misdirected"
