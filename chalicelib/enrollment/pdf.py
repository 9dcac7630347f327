"""A signed nomination form as pages of a PDF (ORG-1). Only the long work that makes such files imports this."""

from datetime import datetime

import msgspec

from chalicelib.core.pdf import LARGE, MISSING, SMALL, Pages
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm, Verification
from chalicelib.enrollment.store.nominations import KeptForm
from chalicelib.plan.domain import PlanSettings


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What a printable copy holds."""

    plan: PlanSettings
    nomination: Nomination
    kept: KeptForm
    verification: Verification | None
    """What enrollment found in that round."""
    sha256: str | None
    """The digest that was kept when it was signed."""
    copied_by: str
    """Name of whoever asked for the copy."""
    copied_at: datetime


def rendered(copy: Copy) -> bytes:
    """The pages of a copy. The same copy makes the same pages."""
    pages = _Pages(copy)
    pages.add_page()
    pages.write_form(copy.kept.form)
    pages.write_signature(copy.kept.form)
    pages.write_end()
    return bytes(pages.output())


class _Pages(Pages):
    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        super().__init__(_characters(copy), copy.copied_at, copy.plan.time_zone)

    @property
    def top(self) -> str:
        return f"{self._copy.plan.name} · Nomination {self._copy.nomination.id}, round {self._copy.kept.round}"

    @property
    def bottom(self) -> str:
        return f"Page {self.page_no()} · SHA-256 {self._copy.kept.sha256}"

    def write_form(self, form: SignedForm) -> None:
        self.lines("Nomination of a local administrator", LARGE)
        self.ln(3)
        self._stated("Practice", form.practice_name)
        self.fact("TIN", form.tin)
        self.fact("NPIs", ", ".join(form.npis) or "none on record")
        self.ln(2)
        self._stated("Local administrator", form.administrator_name)
        self._stated("Email", form.administrator_email)
        self._stated("Phone", form.administrator_phone)

    def write_signature(self, form: SignedForm) -> None:
        self.ln(4)
        self.rule()
        self.lines("Signature", LARGE)
        self._stated("Chief executive", form.executive_name)
        self._stated("Email", form.executive_email)
        self._stated("Signs as", form.authority)
        self.fact("Agreed to", f"version {form.consent_version}, language {form.language}")
        self.typed(form.consent_text)
        self._stated("Name, typed to sign", form.signature)
        self.fact("Signed", self.time(form.signed_at))
        self.fact("From the network address", form.address or "unknown")

    def write_end(self) -> None:
        copy = self._copy
        self.ln(4)
        self.rule()
        self.lines("Verification", LARGE)
        found = copy.verification
        if found is None:
            self.lines("Not verified yet.")
        else:
            self.fact("TIN matches", "yes" if found.tin_matches else "no")
            self.fact("NPIs match", "yes" if found.npis_match else "no")
            self.fact("Verified by", f"{found.by_name} ({found.by})")
            self.fact("Verified", self.time(found.at))
        self.fact("SHA-256 of the form as it is kept", copy.kept.sha256)
        intact = "the same" if copy.sha256 == copy.kept.sha256 else f"ANOTHER: {copy.sha256}"
        self.fact("SHA-256 when it was signed", intact)
        self.ln(2)
        self.lines(f"Copied by {copy.copied_by}, {self.time(copy.copied_at)}.", SMALL)
        self.lines(MISSING, SMALL)

    def _stated(self, name: str, value: str) -> None:
        """What somebody typed stands on lines of its own, so that it can't be taken for what the portal says."""
        self.lines(f"{name}:")
        self.typed(value)


def _characters(copy: Copy) -> frozenset[str]:
    form = msgspec.json.encode(copy.kept.form).decode()
    by = copy.verification.by_name if copy.verification is not None else ""
    return frozenset("".join((form, by, copy.plan.name, copy.copied_by)))
