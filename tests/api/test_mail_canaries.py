"""No mail holds anything that anybody typed (NOT-2, S-MAIL-01).

Every field of every route that takes a text gets a random one, in requests that are good otherwise; a new route or
field comes along by itself. Then everything that leads to a mail happens, and nothing typed is in any call of SES but
where a mail goes. A template that none of this sends has to be given a line in `_LEADS_TO`.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin

import msgspec

from app import app
from chalicelib.core import access, texts
from chalicelib.core.change import Change
from chalicelib.core.fields import Email, Phone, Tin
from chalicelib.core.http import Route
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import nominations
from chalicelib.enrollment.domain.nominations import Nomination
from chalicelib.notifications import mail
from chalicelib.organizations.domain import Organization
from local import functions
from tests import bouncing, delivery, inviting, later, nominating
from tests.api.every_route import Asker, Request
from tests.deadlines import Deadlines, happens
from tests.notifications.test_forms import TEMPLATES
from tests.ses import Post
from tests.world import Account, World

# Texts that nobody makes up: what the portal gave, or what has to fit what is stored.
_GIVEN = {
    "token", "code", "cursor", "current", "answer", "answers", "password", "sha256", "content_type", "consent_version",
}  # fmt: skip
# Routes whose good request is about somebody who is found by what is typed.
_FINDS = {
    "POST /session": {"email"},
    "POST /password-resets": {"email"},
    "POST /helpdesk/people": {"email"},
    "POST /legal-holds": {"id"},
    # Only who asks to lift one says why, and nobody is mailed of holds.
    "POST /legal-holds/{hold_id}/moves": {"reason"},
    "POST /profile/notices/stops/mend": {"address"},
    "POST /broadcasts": {"tins"},
    # Only who changes a TIN says which.
    "POST /organizations/{organization_id}/changes": {"tin"},
    # Its end says what it is.
    "POST /uploads": {"file_name"},
}


# Nothing is sent to an upload here.
_NOTHING_SENT = {"POST /uploads/{upload_id}/finalize": 409}
_SAID = {
    "Action",
    "Version",
    "Source",
    "ConfigurationSetName",
    "Message.Subject.Data",
    "Message.Subject.Charset",
    "Message.Body.Text.Data",
    "Message.Body.Text.Charset",
    "Message.Body.Html.Data",
    "Message.Body.Html.Charset",
}


class Canaries:
    """Random texts, as each kind of field takes them."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def text(self) -> str:
        return self._kept("q" + uuid.uuid4().hex)

    def email(self) -> str:
        return f"{self.text()}@people.example"

    def phone(self) -> str:
        return self._kept(str(uuid.uuid4().int)[:13])

    def tin(self) -> str:
        return self._kept(str(uuid.uuid4().int)[:9])

    def of(self, kind: Any) -> str | None:
        """A text for a field of this type; None for one that takes no text of a person's own."""
        for known, make in ((Email, self.email), (Phone, self.phone), (Tin, self.tin)):
            if kind == known:
                return make()
        notes = getattr(kind, "__metadata__", ())
        free = get_args(kind)[0] is str and any(getattr(note, "extra", None) for note in notes) if notes else False
        return self.text() if free else None

    def found(self, text: str) -> list[str]:
        folded = text.casefold()
        return [canary for canary in self.given if canary in folded]

    def _kept(self, canary: str) -> str:
        self.given.append(canary)
        return canary


def _typed(body: Any, kind: Any, left_out: frozenset[str], canaries: Canaries) -> Any:
    """A body with a canary in each of its texts."""
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if not (isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(body, Mapping)):
        return body
    typed = dict(body)
    for field in msgspec.structs.fields(bare):
        name = field.encode_name
        if name in left_out or name not in typed:
            continue
        options = [field.type, *(option for option in get_args(field.type) if option is not type(None))]
        # Where none is needed it may be empty too, so it is no `Email`.
        options = [Email] if name == "executive_email" else options
        canary = next(filter(None, (canaries.of(option) for option in options)), None)
        typed[name] = canary if canary is not None else _typed(typed[name], field.type, left_out, canaries)
    return typed


def _with_canaries(route: Route, good: Request, canaries: Canaries) -> Request:
    left_out = frozenset(_GIVEN | _FINDS.get(f"{route.method} {route.path}", set()))
    if "body" not in route.parameters:
        return good
    return good.but_body(_typed(good.data, route.parameters["body"], left_out, canaries))


def _ask_everything(asker: Asker, canaries: Canaries) -> None:
    # The last ends the session of whoever asks.
    for route in sorted(app.declared, key=lambda route: route.path == "/session" and route.method != "GET"):
        answer = _with_canaries(route, asker.good(route), canaries).send()
        expected = _NOTHING_SENT.get(f"{route.method} {route.path}")
        assert answer.status == expected or answer.status < 300, f"{route.method} {route.path}: {answer.text}"


def _colleagues(world: World) -> tuple[Account, Account]:
    """Somebody who writes, and somebody who is mailed of it."""
    name = f"Sample {world.number()}"
    return world.member(world.maple, f"Wilma {name}"), world.member(world.maple, f"Rita {name}", channel="email")


def _urgent(world: World, canaries: Canaries) -> None:
    """More than go out in an hour (NOT-3): the rest is one mail later."""
    writer, reader = _colleagues(world)
    for _ in range(8):
        world.write(writer, reader, subject=canaries.text(), text=canaries.text(), urgent=True)
        delivery.settle()
    _later(world, hours=1)


def _at_night(world: World, canaries: Canaries) -> None:
    world.time.advance(hours=28 - world.time.now.hour)
    writer, reader = _colleagues(world)
    for _ in range(2):
        world.write(writer, reader, subject=canaries.text(), text=canaries.text())
        delivery.settle()
    _later(world, hours=10)


def _later(world: World, hours: int) -> None:
    """The schedule calls for what is due."""
    world.time.advance(hours=hours)
    scheduled = {"id": "1", "time": "2026-03-03T00:00:00Z", "source": "aws.events", "detail": {}}
    scheduled |= {"version": "0", "account": "", "region": "", "resources": [], "detail-type": "Scheduled Event"}
    functions.call(app, "notification_fanout", scheduled)
    delivery.settle()


def _register(world: World, canaries: Canaries) -> None:
    """With a practice that there is."""
    typed = {"name": canaries.text(), "email": canaries.email(), "phone": canaries.phone()}
    assert inviting.ask(world, **typed).status == 202


def _ask_by_directory(world: World, canaries: Canaries) -> None:
    """For a practice that has an administrator, and for one that has none."""
    later.choose(world.member(world.maple, "Dee Sample", role="backup_administrator"), "email", "USER_MANAGEMENT")
    typed = {"name": canaries.text(), "email": canaries.email(), "phone": canaries.phone(), "note": canaries.text()}
    for tin in (world.maple.tin, "99-9999999"):
        assert world.browser().post("/directory/requests", {"tin": tin, **typed}).status == 202


def _hand_over(world: World, _: Canaries) -> None:
    browser = world.browser(world.member(world.birch, "Bo Specimen", role="local_administrator"))
    world.member(world.birch, "Ben Specimen", role="backup_administrator")
    promised = {"membership_id": world.peter.mailbox, "former_becomes": "general_user"}
    assert browser.post("/roster/handover", promised).status == 200


def _block(world: World, _: Canaries) -> None:
    planned = Change(access.system("test"), Entry(action="test.blocked"), world.time.now)
    planned.emit("sign_in.blocked", user_id=world.gina.user.id)
    planned.emit("sign_in.after_absence", user_id=world.gina.user.id)
    planned.commit(None)


def _come_back(world: World, _: Canaries) -> None:
    """Mail to a member, and to an address of the settings."""
    for address in (world.gina.user.email, "privacy@plan.example"):
        bouncing.tell(address, "bounced", world.time.now)


def _deadlines(world: World, canaries: Canaries) -> None:
    """Everybody's time runs out: unused, unreviewed, a password, an account that may be shared."""
    made = Deadlines(world)
    made.tell()
    canaries.given += [one.user.name.casefold() for one in made.people]
    canaries.given += [made.practice.name.casefold(), made.left_alone.name.casefold(), made.practice.tin]


def _aboard(world: World, canaries: Canaries) -> None:
    """A practice comes aboard, form by form, is chased for what it lacks, and ends (ORG-1, ORG-3, ORG-9)."""
    number = world.number()
    practice = world.organization(f"7{number:08d}", canaries.text())
    nominating.with_executive(world, practice, executive_name=canaries.text(), executive_email=canaries.email())
    staff = nominating.enrollment(world, f"Enid Placeholder {number}")
    browser = world.browser(staff)
    typed = {name: canaries.text() for name in ("practice_name", "administrator_name", "authority", "signature")}
    typed["administrator_email"] = canaries.email()
    nominating.send(browser, practice)
    delivery.settle()
    for verb in ("return", "approve"):
        nominating.signed(world, practice, staff, **typed)
        delivery.settle()
        assert nominating.verify(browser, practice).status == 200
        body = {"reason": canaries.text()} if verb == "return" else {}
        assert nominating.do(browser, practice, verb, body).status == 200
        delivery.settle()
        if verb == "return":
            _reminded(world, nominating.current(practice))
    happens(world, "onboarding.chased", organization_id=_left_without(world, canaries).id, lack="no_backup", days="7")
    happens(
        world, "onboarding.chased", organization_id=_left_with_backup(world, canaries).id, lack="no_users", days="7"
    )
    closed = _left_without(world, canaries)
    nominating.edit(world, closed, closed_at=world.time.now)
    happens(world, "organization.closed", organization_id=closed.id)


def _reminded(world: World, nomination: Nomination) -> None:
    planned = Change(access.system("test"), Entry(action="test.reminded"), world.time.now)
    nominations.plan_reminded(planned, nomination, 7)
    planned.commit(None)
    delivery.settle()


def _left_without(world: World, canaries: Canaries) -> Organization:
    """A practice with one administrator, who is mailed."""
    number = world.number()
    practice = world.organization(f"6{number:08d}", canaries.text())
    world.member(practice, f"Lara Placeholder {number}", role="local_administrator")
    return practice


def _left_with_backup(world: World, canaries: Canaries) -> Organization:
    practice = _left_without(world, canaries)
    world.member(practice, f"Bert Placeholder {world.number()}", role="backup_administrator")
    return practice


_LEADS_TO: dict[str, Callable[[World, Canaries], None]] = {
    "urgent_message": _urgent,
    "urgent_waiting": _urgent,
    "waiting": _at_night,
    "member_registered": _register,
    "directory_requested": _ask_by_directory,
    "directory_requested_plan": _ask_by_directory,
    "administrators_changed": _hand_over,
    "administrators_changed_plan": _hand_over,
    "nomination_approved": _aboard,
    "nomination_form": _aboard,
    "nomination_reminder": _aboard,
    "nomination_returned": _aboard,
    "nomination_signed": _aboard,
    "nomination_signed_plan": _aboard,
    "onboarding_backup": _aboard,
    "onboarding_users": _aboard,
    "organization_closed": _aboard,
    "sign_in_blocked": _block,
    "sign_in_blocked_administrators": _block,
    "sign_in_after_absence": _block,
    "address_stopped": _come_back,
    "address_stopped_plan": _come_back,
    "inactivity_warned": _deadlines,
    "inactivity_lapsed": _deadlines,
    "password_expiring": _deadlines,
    "review_called": _deadlines,
    "review_overdue": _deadlines,
    "review_overdue_plan": _deadlines,
    "review_reminded": _deadlines,
    "sharing_noticed": _deadlines,
    "sharing_raised": _deadlines,
    "staff_lapsed": _deadlines,
    "staff_review_reminded": _deadlines,
    "without_administrator": _deadlines,
}
"""What leads to those templates that no good request to a route leads to."""


def test_no_mail_holds_what_anybody_typed(world: World, post: Post) -> None:
    later.set_enrollment_address("enrollment@plan.example")
    later.set_privacy_address("privacy@plan.example")
    asker, canaries = Asker(world), Canaries()
    _ask_everything(asker, canaries)
    assert len(canaries.given) > 40
    delivery.settle()
    for leads in dict.fromkeys(_LEADS_TO.values()):
        leads(world, canaries)
        for _ in range(3):
            delivery.settle()
    canaries.given += _names(world)
    assert [name for name in _left_out(post) if name not in _LEADS_TO] == []
    assert _left_out(post) == [], "or give it a line in _LEADS_TO"
    for call in map(json.loads, post.calls):
        said = {name: value for name, value in call.items() if not name.startswith("Destination.")}
        assert canaries.found(json.dumps(said, ensure_ascii=False)) == []
        assert set(said) == _SAID, "nothing else goes along"


def _names(world: World) -> list[str]:
    """Names of people, practices and departments that were there before."""
    named = [world.gina.user.name, world.peter.user.name, world.ada.user.name, world.maple.name, world.birch.name]
    return [name.casefold() for name in (*named, world.credentialing.name, world.eligibility.name, world.maple.tin)]


def _left_out(post: Post) -> list[str]:
    """Templates that nothing here sent."""
    sent = {mail.subject for mail in post.mails}
    places = {"plan": "Example Valley Health Plan", "number": "1"}
    subjects = {
        key.split(".")[1]: {texts.text(language, key, **places) for language in texts.LANGUAGES}
        for key in texts.catalogue("en")
        if key.startswith("mail.") and key.endswith(".subject")
    }
    return [template for template, words in subjects.items() if not words & sent]


def test_a_canary_in_a_mail_would_be_found(post: Post, world: World) -> None:
    canaries = Canaries()
    route = next(route for route in app.declared if (route.method, route.path) == ("POST", "/members"))
    body = {"name": "x", "email": "x", "phone": "x", "role": "general_user"}
    typed = _typed(body, route.parameters["body"], frozenset(), canaries)
    assert typed["role"] == "general_user"
    assert [len(canaries.found(typed[name])) for name in ("name", "email", "phone")] == [1, 1, 1]
    mail.send(typed["email"], "en", "message", plan=typed["name"])
    (call,) = post.calls
    assert len(canaries.found(call)) == 2
    assert len(_left_out(post)) == len(TEMPLATES), "a mail with other words is none of the templates"
