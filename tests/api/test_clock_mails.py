"""Mails of the clocks are looked at anew when they go: what is true no more is not told (NOT-3, S-MAIL-05)."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.core.access import Role
from chalicelib.core.tables import ShortLivedRow
from chalicelib.core.texts import Language
from tests import delivery, inviting, later, recovering, stored, sweeps
from tests.deadlines import Deadlines, happens, verify
from tests.portal import Browser
from tests.ses import Post
from tests.world import PASSWORD, START, Account, World

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
REVIEW = "User accounts of your practice wait for review in the Example Valley Health Plan provider portal"
OVERDUE = "User accounts of your practice were not reviewed in time in the Example Valley Health Plan provider portal"
CALLED = "The plan asks you to review your users in the Example Valley Health Plan provider portal"
WARNED = "Sign in to the Example Valley Health Plan provider portal to keep your access"
ALONE = "A practice has no administrator any more in the Example Valley Health Plan provider portal"
PLAN = "enrollment@plan.example"


def subjects(post: Post, address: str) -> list[str]:
    """What somebody was told, however often all of it is carried again."""
    delivery.settle()
    delivery.settle(again=True)
    return [mail.subject for mail in inviting.mails_to(post, address)]


def body(post: Post, account: Account) -> str:
    """What the last mail to somebody says."""
    delivery.settle()
    return str(inviting.mails_to(post, account.user.email)[-1].body)


def administrator(world: World, language: Language = "en", role: Role = "local_administrator") -> Account:
    name = f"Lou Placeholder {world.number()}"
    return world.member(world.maple, name, role, enabled_at=world.time.now, language=language)


def enable(browser: Browser, account: Account) -> None:
    path = f"/members/{account.mailbox}"
    headers = {"If-Match": f'"{browser.get(path).json["version"]}"'}
    assert browser.send("POST", f"{path}/enable", {}, headers).status == 200


def test_everything_is_told_once(world: World, post: Post) -> None:
    """S-MAIL-06, REV-4: however often events are carried and jobs run; inactive ones are told too."""
    later.set_enrollment_address(PLAN)
    made = Deadlines(world)
    made.tell()
    before = len(post.mails)
    sweeps.inactivity(world.time.now + timedelta(hours=1))
    sweeps.revalidation(world.time.now + timedelta(hours=1))
    assert len(subjects(post, made.lou.user.email)) == len(subjects(post, made.bea.user.email)) == 4
    assert len(post.mails) == before
    assert len(subjects(post, made.otto.user.email)) == len(subjects(post, made.adam.user.email)) == 1
    assert "account is inactive now" in body(post, made.otto)
    assert sorted(subjects(post, PLAN)) == [
        "A practice did not review its users in time in the Example Valley Health Plan provider portal",
        ALONE,
    ]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "has to be changed before March 16, 2026, 12:00 PM EDT"),
        (
            "es",
            "Tiene que cambiar su contraseña del portal de proveedores de Example Valley Health Plan antes del 16 de",
        ),
    ],
)
def test_a_password_that_ends(world: World, post: Post, language: Language, says: str) -> None:
    """CRD-2: until when, in their language and the plan's time."""
    pat = world.member(world.maple, "Pat Sample", language=language)
    later.age_password(pat, START - 351 * DAY + timedelta(hours=1))
    happens(world, "password.expiring", user_id=pat.user.id, days="30")
    assert says in body(post, pat)


@pytest.mark.parametrize("meanwhile", ["changed", "shut out", "a later stage", "over", "nothing"])
def test_a_password_is_looked_at_anew(world: World, post: Post, meanwhile: str) -> None:
    """CRD-2, S-MAIL-05."""
    pat = world.member(world.maple, "Pat Sample")
    later.age_password(pat, START - 352 * DAY)
    browser = world.browser(pat)
    happens(world, "password.expiring", user_id=pat.user.id, days="30" if meanwhile == "a later stage" else "14")
    if meanwhile == "changed":
        assert browser.put("/profile/password", {"current": PASSWORD, "password": inviting.NEW_PASSWORD}).status == 200
    if meanwhile == "shut out":
        later.set_status(pat, "disabled")
    if meanwhile == "over":
        world.time.advance(days=15)
    told = [subject for subject in subjects(post, pat.user.email) if "ends soon" in subject]
    assert len(told) == (meanwhile == "nothing")


def test_every_way_to_a_password_begins_its_year(world: World, post: Post) -> None:
    """CRD-2: registering, changing it, forgetting it, being set up again."""
    lola, bea = inviting.administrators(world)
    nora = accounts.membership(world.maple.id, inviting.create(world.browser(lola)))
    assert nora is not None
    assert inviting.complete(world, inviting.token(post)).status == 200
    browser = world.browser(world.gina)
    assert browser.put("/profile/password", {"current": PASSWORD, "password": inviting.NEW_PASSWORD}).status == 200
    recovering.with_questions(world, lola)
    assert recovering.whole(world, recovering.link(world, lola)).status == 204
    case_id = recovering.confirmed_case_about(world, bea)
    assert recovering.sets_up(world, recovering.set_up_link(world, case_id)).status == 200
    timers = [item["sk"]["S"] for item in stored.items(ShortLivedRow) if item["cls"]["S"] == "timer"]
    due = f"{START + 335 * DAY:%Y-%m-%dT%H:%M:%S.%fZ}"
    expected = [f"{due}#password#{id_}" for id_ in (nora.user_id, world.gina.user.id, lola.user.id, bea.user.id)]
    assert sorted(key for key in timers if "#password#" in key) == sorted(expected)


@pytest.mark.parametrize("meanwhile", ["signed in", "a later stage", "over", "removed", "nothing"])
def test_a_warning_is_looked_at_anew(world: World, post: Post, meanwhile: str) -> None:
    """INA-2, S-MAIL-05."""
    dana = world.member(world.maple, "Dana Sample", enabled_at=START - 76 * DAY)
    happens(world, "inactivity.warned", user_id=dana.user.id, days="14")
    if meanwhile == "signed in":
        world.browser(dana)
    if meanwhile == "a later stage":
        world.time.advance(days=7)
    if meanwhile == "over":
        world.time.advance(days=14)
    if meanwhile == "removed":
        later.set_status(dana, "removed")
    assert subjects(post, dana.user.email) == ([WARNED] if meanwhile == "nothing" else [])


def test_whoever_is_back_is_not_told_that_they_are_not(world: World, post: Post) -> None:
    """INA-1, INA-3: enabled before the mail goes; at night it goes at once, as it concerns their security."""
    lou = administrator(world)
    otto, una = (world.member(world.maple, name, enabled_at=START - 90 * DAY) for name in ("Otto Sample", "Una Sample"))
    world.time.now = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    sweeps.inactivity(world.time.now)
    enable(world.browser(lou), otto)
    assert subjects(post, otto.user.email) == []
    assert len(subjects(post, una.user.email)) == 1


def test_a_reminder_counts_when_it_goes(world: World, post: Post) -> None:
    """REV-4, PLT-8: how many are open and the first deadline, as they are then, in each administrator's language."""
    lou, bea = administrator(world), administrator(world, "es", "backup_administrator")
    mia, max_ = (world.member(world.maple, f"{name} Sample", verified_at=START - 76 * DAY) for name in ("Mia", "Max"))
    world.member(world.maple, "Mo Sample", verified_at=START - 70 * DAY)
    happens(world, "review.reminded", organization_id=world.maple.id, days="14")
    verify(max_, START)
    assert subjects(post, lou.user.email) == [REVIEW]
    assert "Their number: 1." in body(post, lou)
    assert "before March 16, 2026, 11:00 AM EDT" in body(post, lou)
    assert "antes del 16 de marzo de 2026, 11:00 EDT" in body(post, bea)
    assert subjects(post, mia.user.email) == []


@pytest.mark.parametrize(
    ("event", "verified"), [("review.reminded", 76), ("review.overdue", 90), ("review.called", 30)]
)
@pytest.mark.parametrize("meanwhile", ["reviewed", "shut out", "nothing"])
def test_nobody_hears_of_a_review_that_is_done(
    world: World, post: Post, event: str, verified: int, meanwhile: str
) -> None:
    """REV-4, S-MAIL-05: at night nothing goes, and in the morning it is looked at anew."""
    lou = administrator(world)
    mia = world.member(world.maple, "Mia Sample", verified_at=START - verified * DAY)
    if event == "review.called":
        later.call_review(START + 30 * DAY)
    days = {"days": "14"} if event == "review.reminded" else {}
    world.time.now = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
    happens(world, event, organization_id=world.maple.id, **days)
    assert subjects(post, lou.user.email) == []
    if meanwhile == "reviewed":
        verify(mia, world.time.now)
    if meanwhile == "shut out":
        later.set_status(lou, "disabled")
    world.time.now = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    delivery.find_lost()
    expected = {"review.reminded": REVIEW, "review.overdue": OVERDUE, "review.called": CALLED}[event]
    assert subjects(post, lou.user.email) == ([expected] if meanwhile == "nothing" else [])


def test_ones_own_review_is_not_counted(world: World, post: Post) -> None:
    """REV-2, REV-4: it is for the other one; who has nothing to review hears nothing."""
    lou = administrator(world)
    bea = world.member(
        world.maple, "Bea Placeholder", "backup_administrator", enabled_at=START, verified_at=START - 76 * DAY
    )
    happens(world, "review.reminded", organization_id=world.maple.id, days="14")
    assert subjects(post, lou.user.email) == [REVIEW]
    assert "Their number: 1." in body(post, lou)
    assert subjects(post, bea.user.email) == []


def test_an_administrator_whose_time_is_over_hears_nothing_more(world: World, post: Post) -> None:
    """REV-4, INA-1: whether or not a job ran; the other one does."""
    lou = administrator(world)
    bea = world.member(world.maple, "Bea Placeholder", "backup_administrator", verified_at=START - 90 * DAY)
    happens(world, "review.overdue", organization_id=world.maple.id)
    assert subjects(post, lou.user.email) == [OVERDUE]
    assert subjects(post, bea.user.email) == []


@pytest.mark.parametrize("back", [False, True])
def test_enrollment_hears_on_the_same_day_of_a_practice_without_administrators(
    world: World, post: Post, back: bool
) -> None:
    """ORG-4: also at night; not when one of them is back before it goes."""
    later.set_enrollment_address(PLAN)
    lou = administrator(world)
    sweeps.inactivity(START + DAY)
    world.time.now = START + 90 * DAY + timedelta(hours=14)
    sweeps.ran_until("inactivity_lockout", START + 76 * DAY)
    sweeps.inactivity(world.time.now)
    if back:
        bea = world.member(world.maple, "Bea Placeholder", "backup_administrator", enabled_at=world.time.now)
        assert bea.user.id != lou.user.id
    assert subjects(post, PLAN) == ([] if back else [ALONE])
