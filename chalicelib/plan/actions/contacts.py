"""Plan administrators say whom to ask about what (PLT-6)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.core import writing
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, Stale
from chalicelib.core.journal import Entry
from chalicelib.plan import store
from chalicelib.plan.domain import PlanSettings
from chalicelib.plan.domain import contacts as rules
from chalicelib.plan.domain.contacts import Contact


def change(actor: Staff, version: int, wanted: Sequence[Contact], now: datetime) -> PlanSettings:
    """Change the contacts; `version` is that of the settings they were read with. Raises Invalid, Stale."""
    errors = [*rules.check(wanted), *_not_addresses(wanted)]
    if errors:
        raise Invalid(fields=tuple(errors))
    before, unchanged = store.settings_to_change()
    if before.version != version:
        raise Stale
    contacts = rules.in_order(wanted)
    if contacts == before.contacts:
        return before
    after = msgspec.structs.replace(before, contacts=contacts, version=before.version + 1)
    changed = sorted({one.topic for one in {*contacts} ^ {*before.contacts}})
    entry = Entry(action="plan.contacts_changed", object_id="plan", after={"topics": changed})
    planned = Change(actor, entry, now)
    planned.put(store.settings_row(after), unchanged, Stale())
    return planned.commit(after)


def _not_addresses(contacts: Sequence[Contact]) -> list[FieldError]:
    return [
        FieldError(f"/contacts/{place}/email", "wrong_form")
        for place, one in enumerate(contacts)
        if one.email and not writing.is_address(one.email)
    ]
