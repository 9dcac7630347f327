"""Features in phases and contacts by topic, as plan administrators keep them and users see them (ORG-8, PLT-6)."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize, expect

from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests.browser import screens
from tests.browser.conftest import Portal

_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")
_PHONE: ViewportSize = {"width": 320, "height": 640}
_MANY = 30


def _seen(page: Page, axe: str, name: str) -> None:
    """Looked at by axe, at its width, and by whoever looks at pictures."""
    screens.check_accessibility(page, axe, name)
    screens.check_width(page, name)
    if _FOLDER:
        page.screenshot(path=Path(_FOLDER) / f"{name}.png", full_page=True)


def _card(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem", name=name, exact=True)


def _of_part(page: Page, name: str) -> Locator:
    """The card of a part of the portal on Home."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_a_feature_is_switched_on_for_all(quiet: Page, portal: Portal, axe: str) -> None:
    """ORG-8: coming with its date and note; after a change on at once, with its last day."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    card = _of_part(page, "Claims")
    expect(card).to_contain_text("Claims: Coming on")
    expect(card).to_contain_text("You can look up claims first")
    expect(card).to_contain_text("You have access already.")
    expect(_of_part(page, "Health records")).to_contain_text("Coming")
    _seen(page, axe, "home-phases")
    card.get_by_role("link", name="Open Claims").click()
    expect(page.get_by_role("region", name="Coming")).to_contain_text("You have access.")
    _seen(page, axe, "feature-coming")
    screens.sign_out(page)

    screens.sign_in(page, portal, "Paula Fictional")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Features in phases").click()
    expect(_card(page, "Claims")).to_contain_text("Coming on")
    _seen(page, axe, "phases")
    page.get_by_role("button", name="Change Claims", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("From a day on until another").check()
    dialog.get_by_label("First day").fill("2020-01-01")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Choose the day from which it is off.").first).to_be_visible()
    dialog.get_by_label("Off from").fill("2019-01-01")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("This has to be after the day from which it is on.").first).to_be_visible()
    dialog.get_by_label("Off from").fill("2090-03-01")
    dialog.get_by_label("Days of grace").fill("31")
    dialog.get_by_label("Note to users").fill("Until <b>spring</b>.")
    _seen(page, axe, "phase-form")
    dialog.get_by_role("button", name="Save").click()
    expect(_card(page, "Claims")).to_contain_text("Last day: Mar 31, 2090")
    screens.sign_out(page)

    screens.sign_in(page, portal, "Gina Sample")
    card = _of_part(page, "Claims")
    expect(card).to_contain_text("Claims: Last day: Mar 31, 2090")
    expect(card).to_contain_text("Until <b>spring</b>.")
    expect(card).to_contain_text("Explanations of benefits: Coming on")
    card.get_by_role("link", name="Open Claims").click()
    expect(page.get_by_text("This part is on for your practice")).to_be_visible()


def test_an_exception_for_a_practice_that_is_far_down_the_list(quiet: Page, portal: Portal, axe: str) -> None:
    """ORG-8: found by search or page by page; taken away, what holds for the others holds again."""
    page = quiet
    made = [Organization(id=f"org_{place:026}", tin=f"7{place:08}", name=f"Zz {place:02}") for place in range(_MANY)]
    portal.put([organizations.row(one) for one in made])
    portal.put([organizations.on_list(one) for one in made])
    screens.sign_in(page, portal, "Paula Fictional")
    page.goto(f"{portal.address}/phases")
    exceptions = page.get_by_role("region", name="Exceptions for practices")
    expect(exceptions.get_by_role("link", name="Birch Sample Pediatrics")).to_be_visible()
    expect(page.get_by_role("region", name="Exceptions for waves")).to_contain_text("No wave has an exception.")
    exceptions.get_by_role("button", name="Choose a practice").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link")).to_have_count(25)
    _seen(page, axe, "phases-choose")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("link", name="Zz 29")).to_be_visible()
    dialog.get_by_label("Name or TIN").fill("70-0000029")
    expect(dialog.get_by_role("link")).to_have_count(1)
    dialog.get_by_role("link", name="Zz 29").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zz 29")
    expect(_card(page, "Claims")).to_contain_text("The whole plan")
    page.get_by_role("button", name="Change Claims", exact=True).click()
    page.get_by_role("dialog").get_by_label("From a day on", exact=True).check()
    page.get_by_role("dialog").get_by_label("First day").fill("2090-04-01")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(_card(page, "Claims")).to_contain_text("Coming on Apr 1, 2090")
    expect(_card(page, "Claims")).to_contain_text("Practice")
    _seen(page, axe, "phases-practice")
    page.get_by_role("link", name="Features in phases").first.click()
    page.get_by_role("region", name="Exceptions for practices").get_by_role("link", name="Zz 29").click()
    _card(page, "Claims").get_by_role("button", name="Take away").click()
    page.get_by_role("dialog").get_by_role("button", name="Take away").click()
    expect(_card(page, "Claims")).to_contain_text("The whole plan")


def test_of_two_administrators_the_second_loads_anew(quiet: Page, portal: Portal) -> None:
    """PLT-3: nothing of the other one's is overwritten."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    page.goto(f"{portal.address}/phases")
    page.get_by_role("button", name="Change Assessments", exact=True).click()
    done = page.evaluate(
        """() => fetch('/api/phases/plan/assessments', {
            method: 'PUT',
            headers: {'Content-Type': 'application/json', 'X-Portal-CSRF': '1', 'If-Match': '"1"'},
            body: JSON.stringify({on_date: '2091-05-01'}),
        }).then(answer => answer.status)"""
    )
    assert done == 200
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("button", name="Load anew").click()
    expect(_card(page, "Assessments")).to_contain_text("Coming on May 1, 2091")


def test_contacts_show_on_every_page(quiet: Page, portal: Portal, axe: str) -> None:
    """PLT-6: by topic, with what is wrong at its field; members are sent to their administrator first."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Contacts by topic").click()
    network = page.get_by_role("group", name="Network")
    network.get_by_label("Email").fill("nowhere")
    _seen(page, axe, "contacts")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(network.get_by_text("This does not have the right form.")).to_be_visible()
    network.get_by_label("Email").fill("new.network@plan.example")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("new.network@plan.example")
    screens.sign_out(page)
    expect(page.get_by_role("contentinfo")).to_contain_text("new.network@plan.example")

    screens.sign_in(page, portal, "Gina Sample")
    expect(page.get_by_role("contentinfo")).to_contain_text("Ask your practice's local administrator first.")
    page.goto(f"{portal.address}/help")
    expect(page.get_by_role("main")).to_contain_text("new.network@plan.example")
    screens.sign_out(page)
    screens.sign_in(page, portal, "Lou Placeholder")
    expect(page.get_by_role("contentinfo")).to_contain_text("call the helpdesk directly")


def test_on_a_small_screen_in_spanish(quiet: Page, portal: Portal, axe: str) -> None:
    """PLT-1: 320 px, es."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    page.set_viewport_size(_PHONE)
    page.goto(f"{portal.address}/phases")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("listitem", name="Reclamaciones")).to_be_visible()
    _seen(page, axe, "phases-small-es")
    page.get_by_role("button", name="Cambiar Reclamaciones").click()
    expect(page.get_by_role("dialog").get_by_label("Primer día")).to_be_visible()
    _seen(page, axe, "phase-form-small-es")
    page.goto(f"{portal.address}/contacts")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("group", name="Red", exact=True)).to_be_visible()
    _seen(page, axe, "contacts-small-es")
