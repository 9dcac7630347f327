"""A practice whose chief executive names its local administrator, in tests (ORG-1)."""

from typing import Any

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership
from chalicelib.core import ids
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import nominations
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm
from chalicelib.enrollment.domain.requests import Request
from chalicelib.enrollment.store import nominations as store
from chalicelib.enrollment.store import requests
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests.portal import Answer, Browser
from tests.world import Account, World

EXECUTIVE = "chief@maple.example"
SIGNED = {
    "practice_name": "Maple Example Clinic",
    "administrator_name": "Nora Newcomer",
    "administrator_email": "nora.newcomer@people.example",
    "administrator_phone": "555-0100-7",
    "authority": "Owner",
    "signature": "Cleo Fictional",
    "consent_version": "1-en",
    "consented": True,
}
"""What an executive enters."""
REQUESTED = {
    "practice_name": "Cedar Example Clinic",
    "tin": "00-0000009",
    "npis": ["1234567893"],
    "executive_name": "Dora Fictional",
    "executive_email": "dora@cedar.example",
    "phone": "555-0100-9",
    "note": "Please call first.",
}
"""What somebody types on the public page."""


def edit(world: World, organization: Organization, **changes: object) -> Organization:
    """What the plan knows of a practice becomes another."""
    before = organizations.organization(organization.id)
    planned = Change(system("test"), Entry(action="test.edited"), world.time.now)
    after = organizations.plan_edit(planned, before, msgspec.structs.replace(before, **changes))
    planned.commit(None)
    return after


def with_executive(world: World, organization: Organization, **changes: object) -> Organization:
    """A practice whose chief executive is on record."""
    known = {"executive_name": "Cleo Fictional", "executive_email": EXECUTIVE}
    return edit(world, organization, **(known | changes))


def enrollment(world: World, name: str = "Enid Fictional") -> Account:
    return world.agent(name, roles=("enrollment",))


def path(organization: Organization, nomination_id: str = "", verb: str = "") -> str:
    parts = ["/organizations", organization.id, "nominations", *filter(None, (nomination_id, verb))]
    return "/".join(parts)


def send(browser: Browser, organization: Organization) -> str:
    """Somebody of enrollment sends a form; the nomination's id."""
    answer = browser.post(path(organization), {})
    assert answer.status == 200, answer.text
    return str(answer.json["id"])


def current(organization: Organization) -> Nomination:
    found = store.current(organization.id)
    assert found is not None
    return found


def token(world: World, organization: Organization, mail: str = "1") -> str:
    """The token of a link to the form that is out, as the mail handler mints it."""
    planned = Change(system("test"), Entry(action="test.link"), world.time.now)
    made = nominations.issue_link(planned, current(organization), mail)
    planned.commit(None)
    return made


def look(world: World, token_: str) -> Answer:
    return world.browser().post("/nomination-forms/look", {"token": token_})


def sign(world: World, token_: str, **changes: Any) -> Answer:
    return world.browser().post("/nomination-forms/sign", {"token": token_, **SIGNED, **changes})


def signed(world: World, organization: Organization, staff: Account, **changes: Any) -> Nomination:
    """A form that was sent and signed."""
    nominations.send(_staff(staff), organization.id, world.time.now)
    answer = sign(world, token(world, organization), **changes)
    assert answer.status == 204, answer.text
    return current(organization)


def do(browser: Browser, organization: Organization, verb: str, body: Any = None, version: int | None = None) -> Answer:
    """One of enrollment's doings about the current nomination, of the version that is there unless one is named."""
    found = current(organization)
    return browser.post(
        path(organization, found.id, verb),
        {} if body is None else body,
        **{"If-Match": f'"{version or found.version}"'},
    )


def verify(browser: Browser, organization: Organization, **changes: bool) -> Answer:
    return do(browser, organization, "verify", {"tin_matches": True, "npis_match": True, **changes})


def approve(browser: Browser, organization: Organization, *levels: str) -> Answer:
    return do(browser, organization, "approve", {"access_levels": list(levels)} if levels else {})


def verified(world: World, organization: Organization, staff: Account, **changes: Any) -> Nomination:
    """A form that was signed and found to match."""
    before = signed(world, organization, staff, **changes)
    nominations.verify(
        _staff(staff), organization.id, before.id, before.version, world.time.now, tin_matches=True, npis_match=True
    )
    return current(organization)


def member(organization: Organization, membership_id: str) -> Membership:
    found = accounts.membership(organization.id, membership_id)
    assert found is not None
    return found


def member_of(organization: Organization, email: str) -> Membership:
    """Whoever has or had this address, as a member."""
    user_id = accounts.claimed_by(email)
    assert user_id is not None
    (found,) = [one for one in accounts.memberships_of(user_id) if one.organization_id == organization.id]
    return found


def _staff(account: Account) -> Any:
    return account.actor


def tamper(world: World, nomination: Nomination, old: str, new: str) -> None:
    """Somebody with the run of the tables changes what was signed."""
    place = store.form_key(nomination.organization_id, nomination.id, nomination.round)
    row = store.FormRow.get(*place)
    planned = Change(system("test"), Entry(action="test.tampered"), world.time.now)
    planned.put(store.FormRow(*place, document=row.document.replace(old, new)))
    planned.commit(None)


def practice(world: World) -> Organization:
    """A practice of its own, with an executive of its own."""
    number = world.number()
    made = world.organization(f"{830_000_000 + number}", f"Elm Sample Practice {number}")
    return with_executive(world, made, executive_email=f"chief{number}@elm.example")


def good_values(world: World) -> dict[str, dict[str, Any]]:
    """What executives, practices and enrollment ask for, by route."""
    return {**of_visitors(world), **of_enrollment(world)}


def of_visitors(world: World) -> dict[str, dict[str, Any]]:
    """What executives and practices ask for."""
    return {
        "POST /nomination-forms/look": {"token": token(world, out(world))},
        "POST /nomination-forms/sign": {**SIGNED, "token": token(world, out(world))},
        "POST /nomination-requests": dict(REQUESTED),
    }


def of_enrollment(world: World) -> dict[str, dict[str, Any]]:
    """What enrollment asks for; somebody else verified the form that is approved."""
    one = "/organizations/{organization_id}/nominations/{nomination_id}"
    practices = [practice(world) for _ in range(5)]
    found = [_ids(of_organization(world, made.id)) for made in practices]
    other = _staff(enrollment(world, f"Fay Fictional {world.number()}"))
    nominee = f"nora{world.number()}@people.example"
    waits = of_organization(world, practice(world).id, administrator_email=nominee)
    ticks = {"tin_matches": True, "npis_match": True}
    nominations.verify(other, waits.organization_id, waits.id, waits.version, world.time.now, **ticks)
    approved = _ids(waits) | {"version": waits.version + 1, "access_levels": ["claims"]}
    return {
        "GET /nominations": {"state": "to_verify"},
        "POST /organizations/{organization_id}/nominations": {"organization_id": practice(world).id},
        f"GET {one}": found[0],
        f"POST {one}/verify": {**found[1], **ticks},
        f"POST {one}/approve": approved,
        f"POST {one}/return": found[2],
        f"POST {one}/withdraw": found[3],
        f"POST {one}/print": {**found[4], "round": 1},
        "POST /nomination-requests/{request_id}/settle": {"request_id": asked(world), "organization_id": None},
    }


def out(world: World) -> Organization:
    """A practice of its own, to whose executive a job has sent a form."""
    made = practice(world)
    planned = Change(system("test"), Entry(action="test.sent"), world.time.now)
    nominations.plan_send(planned, made, None, "test", world.time.now)
    planned.commit(None)
    return made


def _ids(found: Nomination) -> dict[str, Any]:
    return {"organization_id": found.organization_id, "nomination_id": found.id, "version": found.version}


def asked(world: World) -> str:
    """Id of a request from the public page."""
    made = Request(
        id=requests.new_id(world.time.now),
        practice_name="Cedar Example Clinic",
        tin="000000009",
        executive_name="Dora Fictional",
        executive_email="dora@cedar.example",
        phone="555-0100-9",
        requested_at=world.time.now,
    )
    planned = Change(system("test"), Entry(action="test.asked"), world.time.now)
    planned.create(requests.row(made))
    planned.commit(None)
    return made.id


def of_organization(world: World, organization_id: str, **changes: str) -> Nomination:
    """The organization's nomination, signed; one is made where there is none. The practice stays as it is."""
    found = store.current(organization_id)
    if found is not None:
        return found
    organization = organizations.organization(organization_id)
    if not organization.executive_email:
        known = {"executive_name": "Cleo Fictional", "executive_email": EXECUTIVE}
        organization = msgspec.structs.replace(organization, **known)
    id_ = ids.sortable("nom", world.time.now)
    sent = rules.sent(organization, None, id_, "test", world.time.now, successor=False)
    kept = rules.canonical(msgspec.structs.replace(_form(sent, organization), **changes))
    made = msgspec.structs.replace(sent, state="signed", signed_at=world.time.now, form_sha256=rules.sha256(kept))
    planned = Change(system("test"), Entry(action="test.nominated"), world.time.now)
    store.plan(planned, None, made)
    store.plan_current(planned, None, made)
    store.plan_form(planned, made, kept, Conflict())
    planned.commit(None)
    return made


def _form(sent: Nomination, organization: Organization) -> SignedForm:
    typed: dict[str, Any] = {name: SIGNED[name] for name in SIGNED if name not in ("consented", "consent_version")}
    return SignedForm(
        **typed,
        tin=organization.tin,
        npis=rules.npis(organization),
        executive_name=sent.executive_name,
        executive_email=sent.executive_email,
        consent_version="1",
        consent_text="I sign.",
        language="en",
        signed_at=sent.sent_at,
        address="192.0.2.7",
    )
