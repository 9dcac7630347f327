"""A walk through the pages of the portal, in either language, for what is asked of every page."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import FRONTEND, Portal

_IMPORT = """name,email,phone,role,access_levels,providers
Ola Example,ola.example@willow-example-dental.example,555-010-0131,,claims,
Front Desk,frontdesk@willow-example-dental.example,5,owner,flying;claims,1234567893
Wes Specimen,wes.specimen@willow-example-dental.example,555-010-0132,,,
"""


class Tour:
    """A walk through all pages in one language, by the words of its catalogue."""

    def __init__(self, page: Page, portal: Portal, language: str) -> None:
        self._page = page
        self._portal = portal
        self._language = language
        self._texts: dict[str, str] = {}
        for catalogue in (FRONTEND / "src" / "texts").glob(f"*{language}.json"):
            self._texts |= json.loads(catalogue.read_text("utf-8"))

    def pages(self) -> Iterator[str]:
        """Yields the name of each page while it is shown."""
        page = self._page
        page.goto(self._portal.address)
        self._switch_language()
        self._sign_in("nobody@people.example", "Wrong-Password-1")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "sign-in"
        person = self._portal.person("Gina Sample")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gina Sample")
        self._switch_language()
        yield "home"
        for box in ("sent", "archived", "inbox"):
            self._go(f"/messages/{self._mailbox()}/{box}")
            expect(page.get_by_role("heading", level=1)).to_have_text(self._texts[f"messages.{box}"])
            yield box
        screens.row(page, "Re-credentialing date").get_by_role("link").first.click()
        expect(page.get_by_text("The application is due at the end of next month.")).to_be_visible()
        page.get_by_role("button", name=self._texts["thread.receipts"]).click()
        expect(page.get_by_text(self._texts["thread.receipts.delivered"].format(delivered=1, total=1))).to_be_visible()
        yield "thread"
        for dialog in ("thread.misdirected", "thread.recall"):
            self._button(dialog)
            expect(page.get_by_role("dialog")).to_be_visible()
            yield dialog
            page.keyboard.press("Escape")
        self._button("thread.replyMenu")
        self._button("thread.forward")
        expect(page.get_by_label(self._texts["compose.note"])).to_be_visible()
        yield "forward"
        self._button("thread.replyMenu")
        yield "reply-menu"
        self._button("thread.reply")
        expect(page.get_by_label(self._texts["compose.text"], exact=True)).to_be_visible()
        yield "reply"
        self._go(f"/messages/{self._mailbox()}/new")
        expect(page.locator("textarea")).to_be_visible()
        yield "compose"
        self._button("compose.addTo")
        expect(page.get_by_role("dialog")).to_contain_text("BH Care Management")
        yield "picker"
        page.keyboard.press("Escape")
        self._go("/help")
        expect(page.get_by_role("heading", level=1)).to_have_text(self._texts["help.title"])
        yield "help"
        self._go("/work")
        expect(page.get_by_role("heading", level=1)).to_have_text(self._texts["work.title"])
        expect(page.get_by_text(self._texts["work.none"])).to_be_visible()
        yield "work"
        self._button("nav.signOut")
        yield from self._user_management()

    def _user_management(self) -> Iterator[str]:
        page = self._page
        person = self._portal.person("Lou Placeholder")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lou Placeholder")
        self._go("/users")
        expect(page.get_by_role("row").filter(has_text="Gina Sample")).to_be_visible()
        yield "users"
        self._go("/users/new")
        expect(page.get_by_label(self._texts["users.workEmail"])).to_be_visible()
        self._button("users.create.submit")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-user"
        self._go("/users")
        page.get_by_role("link", name="Gina Sample").click()
        expect(page.get_by_text(self._texts["users.history.empty"])).to_be_visible()
        yield "user"
        self._button("users.move.disable")
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
        yield "user-disable"
        page.keyboard.press("Escape")
        self._go("/users")
        page.get_by_role("link", name="Lou Placeholder").click()
        expect(page.get_by_text(self._texts["users.update.ownBody"])).to_be_visible()
        yield "user-own"
        self._go("/users/administrators")
        self._button("users.handover")
        expect(page.get_by_role("dialog").get_by_text("Gina Sample")).to_be_visible()
        yield "handover"
        page.keyboard.press("Escape")
        yield "administrators"
        self._go("/users/import")
        page.get_by_text(self._texts["users.import.columns"]).click()
        yield "import"

    def access_and_staff(self) -> Iterator[str]:
        """As `pages`, in accounts of several kinds."""
        self._page.goto(self._portal.address)
        self._switch_language()
        yield from self._access()
        self._button("nav.signOut")
        yield from self._staff()

    def _access(self) -> Iterator[str]:
        """Somebody with two organizations, in the one where they are a general user."""
        page = self._page
        person = self._portal.person("Bea Placeholder")
        self._sign_in(person["email"], person["password"])
        self._button("switch.button")
        yield "organizations"
        page.get_by_role("banner").get_by_text("Birch Sample Pediatrics").click()
        expect(page.get_by_text(self._texts["access.about.claims"])).to_be_visible()
        yield "home-features"
        self._go("/features/claims")
        self._button("access.request")
        expect(page.get_by_text(self._texts["access.requestedBody"])).to_be_visible()
        yield "feature-refused"
        self._go("/features/eligibility")
        expect(page.get_by_text(self._texts["access.comingBody"])).to_be_visible()
        yield "feature"
        self._button("nav.signOut")
        person = self._portal.person("Lena Specimen")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("region", name=self._texts["nav.attention"])).to_contain_text("Bea Placeholder")
        yield "home-attention"

    def _staff(self) -> Iterator[str]:
        page = self._page
        person = self._portal.person("Paula Fictional")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_text(self._texts["staff.home.admin"])).to_be_visible()
        yield "home-staff"
        self._go("/staff")
        expect(page.get_by_role("row").filter(has_text="Ada Fictional")).to_be_visible()
        yield "staff"
        self._go("/staff/new")
        expect(page.get_by_text("BH Care Management")).to_be_visible()
        self._button("staff.submit")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-staff"
        self._go("/staff")
        page.get_by_role("link", name="Ada Fictional").click()
        expect(page.get_by_text(self._texts["users.history.empty"])).to_be_visible()
        yield "staff-account"
        self._button("users.move.disable")
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
        yield "staff-disable"
        page.keyboard.press("Escape")

    def desk(self) -> Iterator[str]:
        """What a department's agents share, and what plan administrators keep of departments (MSG-5, MSG-6)."""
        page = self._page
        page.goto(self._portal.address)
        self._switch_language()
        self._sign_in_as("Boris Fictional")
        expect(page.get_by_role("region", name=self._texts["nav.attention"])).to_contain_text("IDD Care Management")
        yield "attention-agent"
        self._go("/messages/dep_iddcare000/conversations")
        expect(page.get_by_role("row").filter(has_text="Renewal of a support plan")).to_be_visible()
        yield "conversations"
        page.get_by_role("link", name="Renewal of a support plan").click()
        expect(page.get_by_text("The new form comes out on Monday.")).to_be_visible()
        yield "desk"
        self._button("desk.note.add")
        expect(page.get_by_role("alert").first).to_be_visible()
        self._button("desk.move.reassign")
        expect(page.get_by_role("dialog")).to_contain_text("Edith Fictional")
        yield "reassign"
        page.keyboard.press("Escape")
        self._button("nav.signOut")
        self._sign_in_as("Paula Fictional")
        self._go("/departments")
        expect(page.get_by_role("listitem", name="IDD Care Management")).to_be_visible()
        yield "departments"
        self._button("departments.add")
        page.get_by_role("dialog").get_by_role("button", name=self._texts["staff.save"]).click()
        expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
        yield "new-department"
        page.keyboard.press("Escape")
        self._go("/misdirected")
        expect(page.get_by_text(self._texts["misdirected.none.open"])).to_be_visible()
        yield "misdirected"

    def waiting(self) -> Iterator[str]:
        """A practice in which something waits for its administrators, and one that has no backup (ORG-3, ACC-3)."""
        self._page.goto(self._portal.address)
        self._switch_language()
        self._sign_in_as("Wanda Specimen")
        yield from self._pending()
        yield from self._causes()
        yield from self._files()
        self._button("nav.signOut")
        self._sign_in_as("Cora Placeholder")
        yield from self._backup_first()

    def _pending(self) -> Iterator[str]:
        page = self._page
        expect(page.get_by_role("region", name=self._texts["nav.attention"])).to_contain_text("Noel Newcomer")
        yield "attention"
        page.get_by_role("link", name=self._texts["attention.all.one"].split(" (")[0]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(self._texts["nav.attention"])
        expect(page.get_by_role("main")).to_contain_text("Noel Newcomer")
        yield "attention-all"
        self._go("/users")
        expect(page.get_by_role("row").filter(has_text="Noel Newcomer")).to_be_visible()
        yield "users-pending"
        self._open("Noel Newcomer")
        yield "user-pending"
        for move in ("reject", "enable", "remove"):
            self._button(f"users.move.{move}")
            expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
            yield f"user-{move}"
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
        self._button("users.move.reject")
        dialog = page.get_by_role("dialog")
        submit = dialog.get_by_role("button", name=self._texts["users.move.reject"], exact=True)
        submit.click()
        expect(dialog.get_by_role("alert")).to_contain_text(self._texts["users.comment.missing"])
        yield "user-reject-refused"
        dialog.get_by_role("textbox").fill("Does not work here")
        submit.click()
        expect(page.get_by_text(self._texts["users.status.about.rejected"])).to_be_visible()
        yield "user-rejected"

    def _causes(self) -> Iterator[str]:
        page = self._page
        for who, where in (
            ("Ivan Sample", "user-causes"),
            ("Dora Sample", "user-disabled"),
            ("Omar Sample", "user-asks"),
            ("Una Example", "user-invited"),
        ):
            self._open(who)
            yield where
        self._go("/users")
        self._open("Dora Sample")
        self._button("users.move.remove")
        page.get_by_role("dialog").get_by_role("button", name=self._texts["users.move.remove"], exact=True).click()
        expect(page.get_by_text(self._texts["users.status.about.removed"])).to_be_visible()
        yield "user-removed"

    def _files(self) -> Iterator[str]:
        page = self._page
        self._go("/users")
        self._button("users.export")
        download = page.get_by_role("button", name=self._texts["work.download"])
        expect(download).to_be_visible(timeout=60_000)
        yield "export"
        self._go("/users/import")
        file = {"name": "users.csv", "mimeType": "text/csv", "buffer": _IMPORT.encode()}
        page.get_by_label(self._texts["users.import.file"]).set_input_files(file)  # type: ignore[arg-type]
        yield "import-chosen"
        self._button("users.import.check")
        run = self._texts["users.import.run.one"].replace("{count}", "1")
        expect(page.get_by_role("button", name=run)).to_be_visible(timeout=60_000)
        yield "import-problems"
        page.get_by_role("button", name=run).click()
        expect(page.get_by_text(self._texts["users.import.added.one"].replace("{count}", "1"))).to_be_visible(
            timeout=60_000
        )
        yield "import-done"
        self._go("/work")
        expect(page.get_by_role("heading", name=self._texts["work.kind.import"]).first).to_be_visible()
        yield "work-done"

    def _backup_first(self) -> Iterator[str]:
        page = self._page
        expect(page.get_by_role("region", name=self._texts["nav.attention"])).to_contain_text(
            self._texts["attention.no_backup"]
        )
        yield "attention-backup"
        self._go("/users")
        expect(page.get_by_text(self._texts["users.roster.backupFirst"])).to_be_visible()
        yield "users-backup-first"
        self._go("/users/administrators")
        expect(page.get_by_text(self._texts["users.roster.noBackups"])).to_be_visible()
        yield "administrators-backup-first"
        self._go("/users/new")
        for field, value in (
            ("users.name", "Toni Example"),
            ("users.workEmail", "toni.example@cedar-placeholder-therapy.example"),
            ("users.phone", "555-010-0141"),
        ):
            page.get_by_label(self._texts[field], exact=True).fill(value)
        self._button("users.create.submit")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-user-refused"

    def _open(self, name: str) -> None:
        """A member from the list."""
        self._go("/users")
        self._page.get_by_role("link", name=name).click()
        expect(self._page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(self._page.get_by_text(self._texts["users.history"])).to_be_visible()

    def _sign_in_as(self, name: str) -> None:
        person = self._portal.person(name)
        self._sign_in(person["email"], person["password"])
        expect(self._page.get_by_role("heading", level=1)).to_contain_text(name)

    def writing(self) -> Iterator[str]:
        """Whom staff write to, what is asked before, and drafts (MSG-1, MSG-2, MSG-11)."""
        page = self._page
        screens.sign_in(page, self._portal, "Ada Fictional")
        self._switch_language()
        self._go(f"/messages/{self._mailbox()}/new")
        self._button("compose.send")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "compose-refused"
        self._button("compose.addTo")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("combobox").select_option("member")
        expect(dialog).to_contain_text("Birch Sample Pediatrics")
        yield "picker-practices"
        dialog.get_by_role("combobox").select_option("everybody")
        dialog.get_by_role("listitem").filter(has_text="Birch Sample Pediatrics").get_by_role("button").click()
        yield "picker-group"
        dialog.get_by_role("button", name=self._texts["picker.confirm"], exact=True).click()
        page.get_by_label(self._texts["compose.subject"]).fill("Example")
        page.get_by_label(self._texts["compose.text"], exact=True).fill("An example")
        self._button("compose.send")
        expect(dialog).to_contain_text("4")
        yield "compose-everybody"
        page.keyboard.press("Escape")
        self._button("compose.cancel")
        yield "compose-cancel"
        self._button("drafts.cancel.keep")
        expect(page.get_by_text(self._texts["drafts.keptFlash"])).to_be_visible()
        self._go(f"/messages/{self._mailbox()}/drafts")
        delete = page.get_by_role("button", name=self._texts["drafts.deleteNamed"].format(subject="Example"))
        expect(delete).to_be_visible()
        yield "drafts"
        delete.click()
        yield "draft-delete"
        page.keyboard.press("Escape")
        self._go(f"/messages/{self._mailbox()}/broadcast")
        self._button("compose.send")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "broadcast"

    def profile(self) -> Iterator[str]:
        """One's own account, with every form of it open (PLT-4)."""
        page = self._page
        screens.sign_in(page, self._portal, "Gina Sample")
        self._switch_language()
        self._go("/profile")
        expect(page.get_by_text(self._texts["profile.factor.off"])).to_be_visible()
        expect(page.get_by_text(self._texts["profile.sessions.this"], exact=True)).to_be_visible()
        yield "profile"
        for opens in ("profile.email.change", "profile.password.change", "profile.questions.change"):
            self._button(opens)
        self._button("profile.factor.set")
        expect(page.get_by_role("img", name=self._texts["factor.picture"])).to_be_visible()
        for saves in ("profile.email.submit", "profile.password.submit", "profile.questions.submit"):
            self._button(saves)
        yield "profile-forms"
        app = {"totp_secret": page.locator("code").first.inner_text().replace(" ", "")}
        page.get_by_role("textbox", name=self._texts["code.label"], exact=True).last.fill(self._portal.code(app))
        self._button("profile.factor.confirm")
        expect(page.get_by_role("list", name=self._texts["codes.list"])).to_be_visible()
        yield "profile-codes"

    def cases(self) -> Iterator[str]:
        """A case of the helpdesk, from both sides (CRD-5)."""
        page = self._page
        screens.sign_in(page, self._portal, "Hanna Fictional")
        self._switch_language()
        self._go("/helpdesk")
        page.get_by_label(self._texts["helpdesk.email"], exact=True).fill(self._portal.person("Gina Sample")["email"])
        self._button("helpdesk.find")
        opens = page.get_by_role("button", name=self._texts["helpdesk.openCase"])
        expect(opens).to_be_visible()
        yield "helpdesk"
        opens.click()
        self._button("helpdesk.openCase")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-case"
        page.get_by_label(self._texts["cases.caller"], exact=True).fill("Gina Sample")
        page.get_by_label(self._texts["cases.reason"], exact=True).fill("Lost her telephone\nand has a new one")
        self._button("helpdesk.openCase")
        expect(page.get_by_text(self._texts["cases.code.helpdesk"])).to_be_visible()
        yield "case"
        self._button("nav.signOut")
        screens.sign_in(page, self._portal, "Lou Placeholder")
        self._switch_language()
        self._go("/reset-cases")
        expect(page.get_by_role("link", name="Gina Sample")).to_be_visible()
        yield "reset-cases"
        page.get_by_role("link", name="Gina Sample").click()
        self._button("resets.decline")
        expect(page.get_by_role("dialog")).to_be_visible()
        yield "reset-decline"
        page.keyboard.press("Escape")
        yield "reset-case"

    def _sign_in(self, email: str, password: str) -> None:
        self._page.get_by_label(self._texts["signIn.email"], exact=True).fill(email)
        self._page.get_by_label(self._texts["signIn.password"], exact=True).fill(password)
        self._button("signIn.submit")
        person = next((one for one in self._portal.people() if one["email"] == email), None)
        if person is not None and person["totp_secret"]:
            self._page.get_by_label(self._texts["code.label"]).fill(self._portal.code(person))
            self._button("stage.goOn")

    def _switch_language(self) -> None:
        root = self._page.locator("html")
        if root.get_attribute("lang") != self._language:
            self._page.get_by_role("button", name="Español" if self._language == "es" else "English").click()
        expect(root).to_have_attribute("lang", self._language)

    def _button(self, key: str) -> None:
        self._page.get_by_role("button", name=self._texts[key], exact=True).click()

    def _mailbox(self) -> str:
        listed = self._page.evaluate("fetch('/api/mailboxes').then(answer => answer.json())")
        return str(listed["items"][0]["id"])

    def _go(self, path: str) -> None:
        # Within the app: loading anew would lose the language that was chosen.
        self._page.evaluate("path => history.pushState({}, '', path)", path)
