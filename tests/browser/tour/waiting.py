"""A walk through what waits for administrators."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour

_IMPORT = """name,email,phone,role,access_levels,providers
Ola Example,ola.example@willow-example-dental.example,555-010-0131,,claims,
Front Desk,frontdesk@willow-example-dental.example,5,owner,flying;claims,1234567893
Wes Specimen,wes.specimen@willow-example-dental.example,555-010-0132,,,
"""


def waiting(tour: Tour) -> Iterator[str]:
    """A practice in which something waits for its administrators, and one that has no backup (ORG-3, ACC-3)."""
    tour.page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Wanda Specimen")
    yield from _pending(tour)
    yield from _causes(tour)
    yield from _files(tour)
    tour.button("nav.signOut")
    tour.sign_in_as("Cora Placeholder")
    yield from _backup_first(tour)


def _pending(tour: Tour) -> Iterator[str]:
    page = tour.page
    expect(page.get_by_role("region", name=tour.texts["nav.attention"])).to_contain_text("Noel Newcomer")
    yield "attention"
    page.get_by_role("link", name=tour.texts["attention.all.one"].split(" (")[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(tour.texts["nav.attention"])
    expect(page.get_by_role("main")).to_contain_text("Noel Newcomer")
    yield "attention-all"
    tour.go("/users")
    expect(page.get_by_role("row").filter(has_text="Noel Newcomer")).to_be_visible()
    yield "users-pending"
    tour.open("Noel Newcomer")
    yield "user-pending"
    for move in ("reject", "enable", "remove"):
        tour.button(f"users.move.{move}")
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
        yield f"user-{move}"
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    tour.button("users.move.reject")
    dialog = page.get_by_role("dialog")
    submit = dialog.get_by_role("button", name=tour.texts["users.move.reject"], exact=True)
    submit.click()
    expect(dialog.get_by_role("alert")).to_contain_text(tour.texts["users.comment.missing"])
    yield "user-reject-refused"
    dialog.get_by_role("textbox").fill("Does not work here")
    submit.click()
    expect(page.get_by_text(tour.texts["users.status.about.rejected"])).to_be_visible()
    yield "user-rejected"


def _causes(tour: Tour) -> Iterator[str]:
    page = tour.page
    for who, where in (
        ("Ivan Sample", "user-causes"),
        ("Dora Sample", "user-disabled"),
        ("Omar Sample", "user-asks"),
        ("Una Example", "user-invited"),
    ):
        tour.open(who)
        yield where
    tour.go("/users")
    tour.open("Dora Sample")
    tour.button("users.move.remove")
    page.get_by_role("dialog").get_by_role("button", name=tour.texts["users.move.remove"], exact=True).click()
    expect(page.get_by_text(tour.texts["users.status.about.removed"])).to_be_visible()
    yield "user-removed"


def _files(tour: Tour) -> Iterator[str]:
    page = tour.page
    tour.go("/users")
    tour.button("users.export")
    download = page.get_by_role("button", name=tour.texts["work.download"])
    expect(download).to_be_visible(timeout=60_000)
    yield "export"
    tour.go("/users/import")
    file = {"name": "users.csv", "mimeType": "text/csv", "buffer": _IMPORT.encode()}
    page.get_by_label(tour.texts["users.import.file"]).set_input_files(file)  # type: ignore[arg-type]
    yield "import-chosen"
    tour.button("users.import.check")
    run = tour.texts["users.import.run.one"].replace("{count}", "1")
    expect(page.get_by_role("button", name=run)).to_be_visible(timeout=60_000)
    yield "import-problems"
    page.get_by_role("button", name=run).click()
    expect(page.get_by_text(tour.texts["users.import.added.one"].replace("{count}", "1"))).to_be_visible(timeout=60_000)
    yield "import-done"
    tour.go("/work")
    expect(page.get_by_role("heading", name=tour.texts["work.kind.import"]).first).to_be_visible()
    yield "work-done"


def _backup_first(tour: Tour) -> Iterator[str]:
    page = tour.page
    expect(page.get_by_role("region", name=tour.texts["nav.attention"])).to_contain_text(
        tour.texts["attention.no_backup"]
    )
    yield "attention-backup"
    tour.go("/users")
    expect(page.get_by_text(tour.texts["users.roster.backupFirst"])).to_be_visible()
    yield "users-backup-first"
    tour.go("/users/administrators")
    expect(page.get_by_text(tour.texts["users.roster.noBackups"])).to_be_visible()
    yield "administrators-backup-first"
    tour.go("/users/new")
    for field, value in (
        ("users.name", "Toni Example"),
        ("users.workEmail", "toni.example@cedar-placeholder-therapy.example"),
        ("users.phone", "555-010-0141"),
    ):
        page.get_by_label(tour.texts[field], exact=True).fill(value)
    tour.button("users.create.submit")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "new-user-refused"
