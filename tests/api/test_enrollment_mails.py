"""Mails while a practice comes aboard: to whom, once, and only what still holds (ORG-1, ORG-2, S-MAIL-*, NOT-4)."""

import json
import random
from collections.abc import Callable, Iterator

import msgspec
import pytest

from chalicelib.core import access
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import nominations, signing
from chalicelib.enrollment.actions.signing import Answers
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.store import nominations as store
from chalicelib.enrollment.store import unreachable
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import bouncing, delivery, inviting, later, stored, two_changes
from tests.core.line import Line
from tests.ses import Post
from tests.world import Account, World

EXECUTIVE = "chief@maple.example"
ENROLLMENT = "enrollment@plan.example"
FORM = "Name an administrator for your practice in the Example Valley Health Plan provider portal"


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment; Maple's chief executive is on file, and so is enrollment's address."""
    later.set_enrollment_address(ENROLLMENT)
    edit(world, world.maple, executive_name="Cleo Fictional", executive_email=EXECUTIVE)
    return world.agent("Enid Fictional", roles=("enrollment",))


def edit(world: World, organization: Organization, **changes: object) -> None:
    """What the plan knows of a practice becomes another."""
    before = organizations.organization(organization.id)
    planned = Change(system("test"), Entry(action="test.edited"), world.time.now)
    organizations.plan_edit(planned, before, msgspec.structs.replace(before, **changes))
    planned.commit(None)


def send(world: World, enid: Account, organization: Organization | None = None) -> nominations.SentForm:
    assert isinstance(enid.actor, Staff)
    return nominations.send(enid.actor, (organization or world.maple).id, world.time.now)


def _answers() -> Answers:
    return Answers(
        practice_name="Maple Example Clinic",
        administrator_name="Nora Newcomer",
        administrator_email=inviting.form()["email"],
        administrator_phone="555-0100-7",
        authority="Owner",
        signature="Cleo Fictional",
        consent_version=rules.consent("es"),
        consented=True,
    )


def sign(world: World, token: str) -> None:
    signing.sign(token, _answers(), access.Origin(request_id="test", address="192.0.2.7"), world.time.now)


def _look(world: World, token: str) -> int:
    """The round of the form behind a link; raises LinkExpired."""
    return signing.look(token, access.Origin(request_id="test"), world.time.now).nomination.round


def _remind(world: World, days: int) -> None:
    """What the clock of enrollment does."""
    found = store.current(world.maple.id)
    assert found is not None
    planned = Change(system("test"), Entry(action="test.reminded"), world.time.now)
    nominations.plan_reminded(planned, found, days)
    planned.commit(None)


def _send_by_job(world: World) -> None:
    """What the clock of enrollment does for a wave."""
    organization = organizations.organization(world.maple.id)
    planned = Change(system("enrollment"), Entry(action="test.sent"), world.time.now)
    nominations.plan_send(planned, organization, store.current(world.maple.id), "enrollment", world.time.now)
    planned.commit(None)


def _return(world: World, enid: Account) -> None:
    found = store.current(world.maple.id)
    assert found is not None
    assert isinstance(enid.actor, Staff)
    nominations.return_(enid.actor, world.maple.id, found.id, found.version, "Please name a person.", world.time.now)


def _tokens(post: Post) -> Iterator[str]:
    for mail in inviting.mails_to(post, EXECUTIVE):
        if "/nominate#" in mail.body:
            yield inviting.token_in(mail, "nominate")


def test_the_form_goes_to_the_executive(world: World, post: Post, enid: Account) -> None:
    """ORG-1, S-MAIL-02: fixed words, until when, and the link behind a #, which opening does not use up."""
    send(world, enid)
    token = inviting.token(post, EXECUTIVE, "nominate")
    (mail,) = post.mails
    assert mail.subject == FORM
    assert f"http://localhost:8000/nominate#{token}\n" in mail.body
    assert "Please sign it before March 16, 2026, 11:00 AM EDT." in mail.body
    assert all(word not in "".join(post.calls) for word in ("Cleo", "Maple Example", "000000001", "1234567893"))
    assert [_look(world, token) for _ in range(10)] == [1] * 10


def test_fifty_deliveries_are_one_mail(world: World, post: Post, enid: Account) -> None:
    """S-MAIL-06, T11: shuffled, in batches, and 13 days later."""
    send(world, enid)
    records = delivery.stream_records() * 50
    random.Random(4).shuffle(records)
    assert delivery.publish(records) == []
    bodies = [body for body in delivery.waiting("notifications") if "nomination.sent" in body]
    assert len(bodies) == 50
    while bodies:
        assert delivery.deliver("deliver_notices", bodies[:10]) == []
        bodies = bodies[10:]
    world.time.advance(days=13)
    delivery.settle(again=True)
    assert post.addresses == [EXECUTIVE]


def test_after_a_crash_a_fresh_link_goes_out_with_the_same_words(world: World, post: Post, enid: Account) -> None:
    """S-AUTH-08, S-MAIL-06: the mail went out, its answer was lost; the link before ends."""
    send(world, enid)
    bodies = delivery.heard("notifications")
    post.lose_answers(1)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    world.time.advance(minutes=4)
    assert delivery.deliver("deliver_notices", bodies) == []
    first, second = _tokens(post)
    with pytest.raises(LinkExpired):
        _look(world, first)
    assert _look(world, second) == 1
    one, other = inviting.mails_to(post, EXECUTIVE)
    assert one.body.replace(first, "") == other.body.replace(second, "")


def test_a_reminders_link_leaves_the_earlier_one_alive(world: World, post: Post, enid: Account) -> None:
    """ORG-2: the same round, a fresh link; whoever has the first one open goes on."""
    send(world, enid)
    delivery.settle()
    world.time.advance(days=7)
    _remind(world, 7)
    delivery.settle()
    first, second = _tokens(post)
    assert first != second
    assert (_look(world, first), _look(world, second)) == (1, 1)
    assert post.mails[1].subject == f"Reminder: {FORM[0].lower()}{FORM[1:]}"
    sign(world, first)
    with pytest.raises(LinkExpired):
        _look(world, second)


def test_of_reminders_that_come_late_the_last_one_goes(world: World, post: Post, enid: Account) -> None:
    """ORG-2, S-MAIL-05."""
    send(world, enid)
    delivery.settle()
    world.time.advance(days=12)
    _remind(world, 7)
    _remind(world, 12)
    delivery.settle()
    assert len(post.mails) == 2


@pytest.mark.parametrize("becomes", ["signed", "withdrawn", "ended", "changed", "closed", "sent anew"])
def test_what_is_no_longer_so_is_not_mailed(world: World, post: Post, enid: Account, becomes: str) -> None:
    """S-MAIL-05, ORG-1: neither the form nor its reminder, whoever leads the practice by now."""
    made = send(world, enid)
    delivery.settle()
    token = next(_tokens(post))
    _remind(world, 7)
    bodies = delivery.heard("notifications")
    assert isinstance(enid.actor, Staff)
    found = store.nomination(world.maple.id, made.id)
    assert found is not None
    if becomes == "signed":
        sign(world, token)
    if becomes == "withdrawn":
        nominations.withdraw(enid.actor, world.maple.id, made.id, found.version, world.time.now)
    if becomes == "ended":
        world.time.advance(days=14)
    if becomes == "changed":
        edit(world, world.maple, executive_email="other@maple.example")
    if becomes == "closed":
        edit(world, world.maple, closed_at=world.time.now)
    if becomes == "sent anew":
        send(world, enid)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert len(post.mails) == 1


def test_signing_is_confirmed_and_enrollment_is_told(world: World, post: Post, enid: Account) -> None:
    """ORG-1, NOT-2: in the language of the form; nothing of what it says."""
    send(world, enid)
    delivery.settle()
    sign(world, next(_tokens(post)))
    delivery.settle()
    (mail,) = inviting.mails_to(post, EXECUTIVE)[1:]
    assert mail.subject == "Example Valley Health Plan ha recibido su formulario firmado"
    (told,) = inviting.mails_to(post, ENROLLMENT)
    assert told.subject == "A signed nomination waits in the Example Valley Health Plan provider portal"
    said = json.dumps(post.calls[1:], ensure_ascii=False)
    assert all(word not in said for word in ("Cleo", "Nora", "nora.newcomer", "Maple Example", "555-0100-7", "Owner"))
    delivery.settle(again=True)
    assert len(post.mails) == 3


def test_a_form_that_came_back_has_a_fresh_link_and_the_reason_stays_in_it(
    world: World, post: Post, enid: Account
) -> None:
    """ORG-1: what staff typed is in no mail (NOT-2); links of the round before open nothing."""
    send(world, enid)
    delivery.settle()
    first = next(_tokens(post))
    sign(world, first)
    delivery.settle()
    _return(world, enid)
    delivery.settle()
    mail = inviting.mails_to(post, EXECUTIVE)[-1]
    assert mail.subject == "Su formulario para el portal de proveedores de Example Valley Health Plan le fue devuelto"
    assert "Please name" not in "".join(post.calls)
    assert _look(world, inviting.token_in(mail, "nominate")) == 2
    with pytest.raises(LinkExpired):
        _look(world, first)


def test_one_executive_of_thirty_practices_has_thirty_forms(world: World, post: Post, enid: Account) -> None:
    """S-MAIL-04: counted for each practice, so that none of them is left out."""
    for number in range(30):
        practice = world.organization(f"1000000{number:02}", f"Sample Practice {number}")
        edit(world, practice, executive_name="Cleo Fictional", executive_email=EXECUTIVE)
        send(world, enid, practice)
    for _ in range(3):
        delivery.settle()
        world.time.advance(seconds=5)
    assert len(set(_tokens(post))) == 30


def test_of_one_practice_they_have_five_an_hour(world: World, post: Post, enid: Account) -> None:
    """S-MAIL-04: whatever begins rounds again and again floods nobody."""
    for _ in range(8):
        _send_by_job(world)
        delivery.settle()
    assert len(post.mails) == 5
    world.time.advance(hours=1)
    _send_by_job(world)
    delivery.settle()
    assert len(post.mails) == 6


def test_whoever_presses_the_button_again_and_again_leaves_a_link_that_works(
    world: World, post: Post, enid: Account
) -> None:
    """ORG-1, S-MAIL-04: what would end the last link without a mail of its own is refused."""
    for number in range(8):
        if number < 4:
            send(world, enid)
        else:
            with pytest.raises(Conflict, match="form_sent_lately"):
                send(world, enid)
        delivery.settle()
    assert len(post.mails) == 4
    sign(world, list(_tokens(post))[-1])
    delivery.settle()
    _return(world, enid)
    delivery.settle()
    assert _look(world, list(_tokens(post))[-1]) == 5


def test_what_ses_has_no_room_for_waits_for_its_slot(world: World, post: Post, enid: Account) -> None:
    """NOT-3: a wave has many."""
    send(world, enid)
    post.throttle(1)
    delivery.settle()
    assert post.mails == []
    world.time.advance(minutes=15)
    delivery.find_lost()
    delivery.settle()
    assert post.addresses == [EXECUTIVE]


def test_a_stopped_address_is_not_mailed_and_staff_see_it(world: World, post: Post, enid: Account) -> None:
    """NOT-4: until they correct it, or send a form by hand, which tries it again."""
    send(world, enid)
    delivery.settle()
    first = next(_tokens(post))
    bouncing.tell(EXECUTIVE, "bounced", world.time.now)
    delivery.settle()
    (mark,) = unreachable.waiting(5)[0]
    assert (mark.organization_id, mark.stop.reason) == (world.maple.id, "bounced")
    browser = world.browser(enid)
    (item,) = browser.get("/attention").json["items"]
    assert (item["kind"], item["count"], item["first"][0]["id"]) == ("executive_stopped", 1, world.maple.id)
    assert browser.get(f"/organizations/{world.maple.id}").json["unreached"] is True
    world.time.advance(days=7)
    _remind(world, 7)
    delivery.settle()
    assert len(post.mails) == 1
    assert _look(world, first) == 1, "the link they have goes on"
    send(world, enid)
    delivery.settle()
    delivery.settle()
    assert len(post.mails) == 2
    assert unreachable.waiting(5) == ([], False)
    assert world.browser(enid).get(f"/organizations/{world.maple.id}").json["unreached"] is False


def test_the_job_does_not_try_a_stopped_address_again(world: World, post: Post, enid: Account) -> None:
    """NOT-4: somebody looks at it first; a practice that has it on file later is flagged when its form should go."""
    bouncing.tell(EXECUTIVE, "bounced", world.time.now)
    world.time.advance(seconds=1)
    _send_by_job(world)
    delivery.settle()
    delivery.settle()
    assert post.mails == []
    assert [mark.organization_id for mark in unreachable.waiting(5)[0]] == [world.maple.id]
    edit(world, world.maple, executive_email="other@maple.example")
    assert world.browser(enid).get("/attention").json["items"] == []


def _correct(world: World, enid: Account, organization: Organization) -> None:
    browser, path = world.browser(enid), f"/organizations/{organization.id}"
    headers = {"If-Match": f'"{browser.get(path).json["version"]}"'}
    assert browser.send("PATCH", path, {"executive_email": "other@maple.example"}, headers).status == 200


def _close(world: World, _enid: Account, organization: Organization) -> None:
    two_changes.together(world, organization.id, "close")


@pytest.mark.parametrize("end", [_correct, _close])
def test_marks_that_say_nothing_any_more_go(
    world: World, post: Post, enid: Account, end: Callable[[World, Account, Organization], None]
) -> None:
    """NOT-4, NOT-5, ORG-9: more than the task looks at; what is still so is not hidden behind them."""
    practices = sorted((two_changes.practice(world) for _ in range(22)), key=lambda one: one.id)
    for practice in practices:
        edit(world, practice, executive_name="Cleo Fictional", executive_email=EXECUTIVE)
        send(world, enid, practice)
    delivery.settle()
    bouncing.tell(EXECUTIVE, "bounced", world.time.now)
    for _ in range(2):
        delivery.settle()
    assert len(unreachable.waiting(50)[0]) == 22
    for practice in practices[:-1]:
        end(world, enid, practice)
    delivery.settle()
    assert [mark.organization_id for mark in unreachable.waiting(50)[0]] == [practices[-1].id]
    (item,) = world.browser(enid).get("/attention").json["items"]
    assert (item["kind"], item["count"], item["more"]) == ("executive_stopped", 1, False)


def test_an_address_that_is_corrected_at_that_moment_is_not_marked(world: World, line: Line, enid: Account) -> None:
    """NOT-4: what was read before is looked at anew, so that no mark comes after what would take it away."""
    send(world, enid)
    delivery.settle()
    bouncing.tell(EXECUTIVE, "bounced", world.time.now)
    (stopped,) = [body for body in delivery.heard("notifications") if "executive.stopped" in body]
    line.before_transaction(lambda: edit(world, world.maple, executive_email="other@maple.example"))
    assert delivery.deliver("deliver_notices", [stopped]) == []
    assert unreachable.waiting(5) == ([], False)


def test_every_mail_is_on_record(world: World, post: Post, enid: Account) -> None:
    """AUD-1, AUD-4: that a link was issued and sent, and never the token."""
    send(world, enid)
    token = inviting.token(post, EXECUTIVE, "nominate")
    journal = stored.everything()["journal"]
    assert {"link.issued", "notice.sent"} <= {row["action"]["S"] for row in journal}
    assert token not in json.dumps(stored.everything(), default=str)
