"""The end of a session, as a person meets it (CRD-8)."""

from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, Request, Response, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_asked: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
"""What pages ask for and have no answer to."""


def _watch(page: Page) -> None:
    """Note from now on what a page asks for."""
    asked: set[Request] = set()
    _asked[page] = asked

    def answered(request: Request) -> None:
        asked.discard(request)

    # Playwright takes no built-in functions.
    def noted(request: Request) -> None:
        asked.add(request)

    page.on("request", noted)
    page.on("requestfinished", answered)
    page.on("requestfailed", answered)


def _rest(page: Page) -> None:
    """Wait until a page asks for nothing, nor for what follows from answers; `networkidle` is of its loading alone."""
    calm = 0
    while calm < 5:
        page.evaluate("() => new Promise(requestAnimationFrame)")
        calm = 0 if _asked[page] else calm + 1


def _pass_time(page: Page, portal: Portal, minutes: int, seconds: int = 0) -> None:
    """Let the same time pass for the portal and for the browser, longer than between two polls of the badge."""
    # What the page is still asking for would count as use at the later time.
    _rest(page)
    portal.console("POST", "clock", {"advance_seconds": minutes * 60 + seconds})
    with page.expect_response("**/api/mailboxes"):
        page.clock.fast_forward(f"{minutes:02}:{seconds:02}")


def test_the_countdown_warns_and_the_session_can_be_kept(quiet: Page, portal: Portal) -> None:
    """CRD-8: a warning two minutes before the end; polling in the background doesn't extend the session."""
    page = quiet
    _watch(page)
    page.clock.install()
    screens.sign_in(page, portal, "Gina Sample")
    expect(page.get_by_role("dialog")).to_be_hidden()
    _pass_time(page, portal, 12, 50)
    expect(page.get_by_role("dialog")).to_be_hidden()
    _pass_time(page, portal, 0, 30)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    _pass_time(page, portal, 12, 50)
    screens.open_messages(page)
    expect(screens.row(page, "Coverage after a move")).to_be_visible()


def test_what_is_being_written_survives_the_end_of_the_session(quiet: Page, portal: Portal) -> None:
    """CRD-8: unsaved work is there after signing in again as the same person."""
    page = quiet
    _watch(page)
    page.clock.install()
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    screens.add_recipient(page, "BH Care Management")
    page.get_by_label("Subject").fill("A long story")
    page.get_by_label("Message", exact=True).fill("It began on a Monday.")
    _pass_time(page, portal, 15, 5)
    person = portal.person("Gina Sample")
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    expect(page.get_by_text("It began on a Monday.")).to_be_hidden()
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("It began on a Monday.")
    expect(page.get_by_label("Subject")).to_have_value("A long story")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()


def _keeps(answer: Response) -> bool:
    """Whether it is to what writing does: saying that one is there, or keeping the draft."""
    return answer.url.endswith("/api/session") or "/drafts" in answer.url


def test_writing_keeps_the_session_and_polling_does_not(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-8: idle is who does nothing; a page that only polls ends while somebody else writes for 20 minutes."""
    writer = quiet
    with browser.new_context() as apart:
        idle = apart.new_page()
        for page, name in ((writer, "Gina Sample"), (idle, "Peter Specimen")):
            _watch(page)
            page.clock.install()
            screens.sign_in(page, portal, name)
        screens.open_messages(writer)
        writer.get_by_role("link", name="New message").click()
        writer.get_by_label("Message", exact=True).click()
        for minutes in range(2, 22, 2):
            _pass_time(writer, portal, 2)
            with writer.expect_response(_keeps) as told:
                writer.keyboard.type(f"{minutes} ")
            assert told.value.ok
            assert "x-portal-background" not in told.value.request.headers
            idle.clock.fast_forward("02:00")
            if minutes == 14:
                expect(idle.get_by_role("dialog", name="Are you still there?")).to_be_visible()
        expect(idle.get_by_text("Your session has ended")).to_be_visible()
    expect(writer.get_by_role("dialog")).to_be_hidden()
    expect(writer.get_by_label("Message", exact=True)).to_have_value("2 4 6 8 10 12 14 16 18 20 ")


def test_going_back_after_signing_out_shows_nothing(quiet: Page, portal: Portal) -> None:
    """S-SESS-06: after signing out the back button leads to the sign-in page."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    screens.row(page, "Re-credentialing date").get_by_role("link").first.click()
    expect(page.get_by_text("The application is due")).to_be_visible()
    screens.sign_out(page)
    page.go_back()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_text("The application is due")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert "sid" not in page.evaluate("document.cookie")


def test_unsaved_work_is_back_after_the_second_factor_and_for_nobody_else(quiet: Page, portal: Portal) -> None:
    """CRD-8, CRD-9: it waits through the steps of signing in; another person finds none of it."""
    page = quiet
    _watch(page)
    page.clock.install()
    lou, gina = portal.person("Lou Placeholder"), portal.person("Gina Sample")
    screens.sign_in(page, portal, "Lou Placeholder")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    page.get_by_label("Message", exact=True).fill("It began on a Monday.")
    _pass_time(page, portal, 15, 5)
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    page.get_by_label("Email", exact=True).fill(lou["email"])
    page.get_by_label("Password", exact=True).fill(lou["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    screens.give_code(page, portal, lou)
    expect(page.get_by_label("Message", exact=True)).to_have_value("It began on a Monday.")
    _pass_time(page, portal, 15, 5)
    page.get_by_label("Email", exact=True).fill(gina["email"])
    page.get_by_label("Password", exact=True).fill(gina["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome, Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("")


def test_all_tabs_count_down_stay_and_end_together(quiet: Page, portal: Portal) -> None:
    """CRD-8: a warning in each of two tabs; staying in one keeps the other, and so does signing out end it."""
    page = quiet
    # One clock for all pages of the context.
    _watch(page)
    page.clock.install()
    screens.sign_in(page, portal, "Gina Sample")
    other = page.context.new_page()
    _watch(other)
    other.goto(portal.address)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Welcome, Gina Sample")
    _rest(other)
    _pass_time(page, portal, 13, 20)
    dialogs = [tab.get_by_role("dialog", name="Are you still there?") for tab in (page, other)]
    for dialog in dialogs:
        expect(dialog).to_be_visible()
    dialogs[0].get_by_role("button", name="Stay signed in").click()
    for dialog in dialogs:
        expect(dialog).to_be_hidden()
    screens.sign_out(page)
    expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(other.get_by_text("Welcome, Gina Sample")).to_be_hidden()
