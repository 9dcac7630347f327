"""People register themselves against a TIN (ACC-1).

Whoever asks learns nothing: the request is written down whatever it says, and looked into later by a handler, so that
the answer and the work behind it are the same for known and unknown TINs and addresses (S-AUTH-07).
"""

from datetime import datetime

from chalicelib.accounts import store
from chalicelib.accounts.actions import newcomers, saving
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store import registrations
from chalicelib.accounts.store.registrations import Registration
from chalicelib.core import access, ids, writing
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.texts import Language
from chalicelib.organizations import store as organizations


class _Handled(Conflict):
    """Another delivery of the event dealt with the request."""


def ask(new: NewMember, tin: str, language: Language, origin: access.Origin, now: datetime) -> None:
    """Write down what somebody typed, and nothing else. Raises Invalid for an address that can't be one.

    A name that looks shared is not refused: whoever verifies the request sees the hint (S-SHARE-02).
    """
    if not writing.is_address(new.email):
        raise Invalid(fields=(FieldError("/email", "wrong_form"),))
    asked = Registration(
        id=ids.new("reg"),
        name=new.name,
        email=new.email,
        phone=new.phone,
        tin=tin.replace("-", ""),
        language=language,
        requested_at=now,
    )
    entry = Entry(action="registration.requested", object_id=asked.id)
    planned = Change(access.System(id="registration", origin=origin), entry, now)
    planned.create(registrations.row(asked))
    planned.emit("registration.requested", registration_id=asked.id)
    planned.commit(None)


def receive(event: Event, now: datetime) -> None:
    """Let a request wait for the administrators of its organization, if there is one; hears `registration.requested`.

    A request with an unknown TIN, or by somebody who is a member already, just goes. Runs any number of times.
    """
    asked = registrations.registration(event.ids["registration_id"])
    if asked is None:
        return
    try:
        _receive(asked, event.request_id, now)
    except _Handled:
        return


def _receive(asked: Registration, request_id: str, now: datetime) -> None:
    organization_id = organizations.organization_id_of(asked.tin)
    new = NewMember(name=asked.name, email=asked.email, phone=asked.phone)
    user = newcomers.user_or_new(store.claimed_by(asked.email), new, asked.language)
    if organization_id is None or store.is_member(organization_id, user.id):
        dropped = Change(access.system("registrations", request_id), _entry("registration.dropped", asked), now)
        dropped.delete(registrations.row(asked), registrations.RegistrationRow.pk.exists(), _Handled())
        dropped.commit(None)
        return
    membership = Membership(
        id=ids.new("mem"),
        organization_id=organization_id,
        user_id=user.id,
        name=asked.name,
        email=asked.email,
        phone=asked.phone,
        status="verification_pending",
        accepted=False,
        created_at=now,
        entries=1,
    )
    # By the person's own name: they asked, and the history of their membership says so.
    person = access.System(id=user.id, origin=access.Origin(request_id=request_id))
    entry = Entry(
        action="member.registered",
        object_id=membership.id,
        organization_id=organization_id,
        after=saving.facts(membership),
    )
    planned = Change(person, entry, now)
    planned.delete(registrations.row(asked), registrations.RegistrationRow.pk.exists(), _Handled())
    newcomers.add(planned, user, membership)
    planned.emit("member.registered", organization_id=organization_id, membership_id=membership.id)
    planned.commit(None)


def _entry(action: str, asked: Registration) -> Entry:
    return Entry(action=action, object_id=asked.id)
