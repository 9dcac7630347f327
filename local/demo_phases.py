"""When the features of the demo's plan come (ORG-8)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.plan import store as plan
from chalicelib.plan.domain.phases import Feature, Phase
from chalicelib.plan.store.phases import Scoped
from local import seed

_COMING: dict[Feature, tuple[int, str]] = {
    "claims": (30, "You can look up claims first; submitting them follows."),
    "eobs": (60, ""),
    "authorizations": (45, "The training for it is announced two weeks before."),
}
"""In so many days, and what users are told. Nobody knows yet when the others come."""
_SOONER_DAYS = 14


def keep(sooner: str, now: datetime) -> None:
    """Phases of the whole plan, and an exception: a practice that tries claims before the others."""
    today = now.astimezone(ZoneInfo(plan.settings().time_zone)).date()
    coming = {
        feature: Phase(on_date=today + timedelta(days=days), note=note) for feature, (days, note) in _COMING.items()
    }
    seed.add_phases(Scoped(scope="plan", phases=coming), now)
    trial = Phase(on_date=today + timedelta(days=_SOONER_DAYS), note="Your practice tries it first.")
    seed.add_phases(Scoped(scope="organization", id=sooner, phases={"claims": trial}), now)
