"""Practices of the demo that still come aboard: forms that are out or signed, a wave that waits (ORG-1, ORG-2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.core import ids
from chalicelib.core.access import AccessLevel, Origin, Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import nominations, organizations, requests, signing, waves
from chalicelib.enrollment.actions.organizations import NewOrganization
from chalicelib.enrollment.actions.requests import Asked
from chalicelib.enrollment.actions.signing import Answers
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.store import nominations as store
from chalicelib.plan import store as plan_store

_LEVELS: list[AccessLevel] = ["claims", "eligibility", "authorizations"]


class Aboard:
    """Somebody of enrollment at work."""

    def __init__(self, actor: Staff, origin: Origin, now: datetime) -> None:
        self._actor, self._origin, self._now = actor, origin, now

    def practice(self, tin: str, name: str, npi: str, executive: str, wave_id: str | None = None) -> str:
        """A practice whose chief executive is known; its id."""
        host = name.lower().replace(" ", "-")
        new = NewOrganization(
            name=name,
            tin=tin,
            npis=[npi],
            executive_name=executive,
            executive_email=f"{executive.lower().replace(' ', '.')}@{host}.example",
            relations_contact="Network team",
            entitlements=_LEVELS,
            wave_id=wave_id,
        )
        return organizations.create(self._actor, new, self._now).id

    def wave(self, name: str, days: int) -> str:
        """A wave that is sent in so many days; its id."""
        today = self._now.astimezone(ZoneInfo(plan_store.settings().time_zone)).date()
        send_on = today + timedelta(days=days)
        return waves.create(self._actor, name, send_on, send_on + timedelta(days=28), self._now).id

    def send(self, organization_id: str, hours: float) -> None:
        """A form goes out, so many hours ago."""
        nominations.send(self._actor, organization_id, self._now - timedelta(hours=hours))

    def sign(self, organization_id: str, answers: Answers, hours: float) -> None:
        """The executive signs it."""
        at = self._now - timedelta(hours=hours)
        found = store.current(organization_id)
        assert found is not None
        planned = Change(system("demo"), Entry(action="demo.link", object_id=found.id), at)
        token = nominations.issue_link(planned, found, "demo")
        planned.commit(None)
        signing.sign(token, answers, self._origin, at)

    def ask(self, asked: Asked, hours: float) -> None:
        """A practice asks for a form on the public page."""
        requests.ask(asked, self._origin, self._now - timedelta(hours=hours))


def fill(aboard: Aboard) -> None:
    """One of each: out, signed, planned in a wave, asked for."""
    hazel = aboard.practice("000000006", "Hazel Example Cardiology", "1670000003", "Hector Specimen")
    aboard.send(hazel, 20)
    linden = aboard.practice("000000007", "Linden Sample Orthopedics", "1681111112", "Linda Specimen")
    aboard.send(linden, 50)
    aboard.sign(linden, _signed_by_linda(), 26)
    wave = aboard.wave("Sample wave of spring", 7)
    for tin, name, npi, executive in (
        ("000000008", "Alder Placeholder Optometry", "1692222221", "Alda Specimen"),
        ("000000009", "Aspen Example Physiotherapy", "1703333330", "Aspasia Specimen"),
        ("000000010", "Rowan Sample Podiatry", "1714444449", "Rowena Specimen"),
    ):
        aboard.practice(tin, name, npi, executive, wave)
    aboard.ask(
        Asked(
            practice_name="Spruce Example Pulmonology",
            tin="000000011",
            npis=[],
            executive_name="Silas Specimen",
            executive_email="silas.specimen@spruce-example-pulmonology.example",
            phone="555-010-0131",
            note="We moved to your network this month.",
        ),
        5,
    )


def _signed_by_linda() -> Answers:
    return Answers(
        practice_name="Linden Sample Orthopedics",
        administrator_name="Leo Newcomer",
        administrator_email="leo.newcomer@linden-sample-orthopedics.example",
        administrator_phone="555-010-0132",
        authority="Owner of the practice",
        signature="Linda Specimen",
        consent_version=rules.consent("en"),
        consented=True,
    )


def tell(organization_ids: list[str], now: datetime) -> None:
    """The lists of enrollment follow practices that were put in by the short way, as those that they created."""
    planned = Change(system("demo"), Entry(action="demo.enrolled", object_id=ids.new("org")), now)
    for organization_id in organization_ids:
        planned.emit("organization.enrolled", organization_id=organization_id)
    planned.commit(None)
