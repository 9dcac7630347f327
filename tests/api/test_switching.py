"""A person with several organizations: one is open at a time, and nothing of it shows in another (ACC-8)."""

import pytest

from chalicelib.accounts import actors, store
from chalicelib.core import ids
from chalicelib.core.errors import Forbidden
from chalicelib.credentials import switching
from tests import later, stored, works
from tests.portal import Answer, Browser
from tests.uploading import announce
from tests.world import PASSWORD, Account, World


class Both:
    """One person, administrator in Maple and general user in Birch, signed in and with Maple open."""

    def __init__(self, world: World) -> None:
        self.maple = world.member(world.maple, "Tess Twofold", role="local_administrator")
        world.member(world.maple, "Bea Placeholder", role="backup_administrator")
        self.birch = world.also_member(self.maple, world.birch)
        self.browser = world.browser(self.maple)
        self.open(self.maple)

    def open(self, account: Account) -> Answer:
        answer = self.browser.put("/session/membership", {"membership_id": account.mailbox})
        assert answer.status == 200, answer.text
        return answer

    def opened(self) -> str:
        return str(self.browser.get("/session").json["membership"]["id"])


@pytest.fixture
def both(world: World) -> Both:
    return Both(world)


def test_switching(world: World, both: Both) -> None:
    """ACC-8: the same session, another organization with the role one has there, from the next request on."""
    token = both.browser.cookie
    answer = both.open(both.birch)
    assert answer.json["membership"] == {
        "id": both.birch.mailbox,
        "organization": {"id": world.birch.id, "name": "Birch Sample Pediatrics"},
        "role": "general_user",
        "access_levels": [],
    }
    assert both.browser.cookie == token
    assert both.opened() == both.birch.mailbox
    items = both.browser.get("/memberships").json["items"]
    assert [(item["organization"]["name"], item["role"], item["status"], item["open"]) for item in items] == [
        ("Birch Sample Pediatrics", "general_user", "active", True),
        ("Maple Example Clinic", "local_administrator", "active", False),
    ]


def test_both_journals_tell_of_it(world: World, both: Both) -> None:
    """AUD-1: in the transaction, each of its own membership."""
    world.time.advance(seconds=1)
    both.open(both.birch)
    opened, left = stored.records("membership.opened")[-1], stored.records("membership.left")[-1]
    assert (opened.pk, opened.object_id) == (f"JOURNAL#{world.birch.id}", both.birch.mailbox)
    assert (left.pk, left.object_id) == (f"JOURNAL#{world.maple.id}", both.maple.mailbox)
    assert opened.actor_id == left.actor_id == both.maple.user.id


def test_rights_of_one_are_nothing_in_the_other(world: World, both: Both) -> None:
    """ACC-8, T4: an administrator of one is nobody in the other, with the same ids in the request."""
    cole = world.member(world.maple, "Cole Sample")
    assert both.browser.get(f"/members/{cole.mailbox}").status == 200
    both.open(both.birch)
    for answer in (
        both.browser.get("/members"),
        both.browser.get(f"/members/{cole.mailbox}"),
        both.browser.get("/roster"),
        both.browser.get("/access-requests"),
        both.browser.post(f"/members/{cole.mailbox}/disable", {"comment": "x"}, **{"If-Match": '"0"'}),
    ):
        assert (answer.status, answer.code) == (403, "forbidden")
    assert both.browser.get("/attention").json["items"] == []
    assert both.browser.get("/administrators").json["items"] == []
    both.open(both.maple)
    assert both.browser.get(f"/members/{cole.mailbox}").status == 200


def test_boxes_badge_files_cursors_and_works_stay_where_they_are(world: World, both: Both) -> None:
    """ACC-8, T3: what belongs to one membership is not there while the other is open."""
    own = both.maple.mailbox
    for _ in range(26):
        world.write(world.gina, both.maple)
    page = both.browser.get(f"/mailboxes/{own}/inbox").json
    upload = announce(both.browser, own)["upload_id"]
    people = both.browser.get("/members").json
    assert people["items"]
    work = works.finished(both.maple).id
    thread = page["items"][0]["thread_id"]
    both.open(both.birch)
    assert [box["id"] for box in both.browser.get("/mailboxes").json["items"]] == [both.birch.mailbox]
    assert both.browser.get("/mailboxes").json["items"][0]["unread"] == 0
    for path in (
        f"/mailboxes/{own}/inbox",
        f"/mailboxes/{own}/threads/{thread}",
        f"/uploads/{upload}",
        f"/work/{work}",
        f"/work/{work}/result",
    ):
        assert both.browser.get(path).status == 404, path
    assert both.browser.get("/work").json["items"] == []
    stolen = both.browser.get(f"/mailboxes/{both.birch.mailbox}/inbox", cursor=page["next_cursor"])
    assert (stolen.status, stolen.code) == (400, "bad_cursor")
    body = {"to": [world.credentialing.id], "subject": "S", "text": "T", "upload_ids": [upload]}
    assert both.browser.post(f"/mailboxes/{both.birch.mailbox}/messages", body).status == 422
    assert both.browser.post(f"/mailboxes/{own}/messages", {**body, "upload_ids": []}).status == 404


def test_a_page_of_the_one_does_nothing_in_the_other(world: World, both: Both) -> None:
    """ACC-8: a request that says which membership it means is refused while another is open (two tabs)."""
    both.open(both.birch)
    before = stored.business()
    meant = {"X-Portal-Membership": both.maple.mailbox}
    answer = both.browser.send(
        "POST", "/access-requests", {"access_level": "claims"}, {**meant, "Idempotency-Key": "k" * 20}
    )
    assert (answer.status, answer.code) == (409, "membership_switched")
    assert both.browser.send("GET", "/mailboxes", headers=meant).code == "membership_switched"
    assert stored.business() == before
    assert both.browser.send("GET", "/mailboxes", headers={"X-Portal-Membership": both.birch.mailbox}).status == 200


def test_nobody_opens_what_is_not_theirs(world: World, both: Both) -> None:
    """S-AZ-02: another person's membership, an unknown one: not there."""
    for id_ in (world.gina.mailbox, world.peter.mailbox, ids.new("mem")):
        assert both.browser.put("/session/membership", {"membership_id": id_}).status == 404
    assert both.opened() == both.maple.mailbox


@pytest.mark.parametrize("status", ["disabled", "inactive", "suspended", "removed", "unverified"])
def test_one_that_is_not_active_stays_shut(both: Both, status: str) -> None:
    """ACC-8: with the state that keeps it shut."""
    later.set_status(both.birch, status)  # type: ignore[arg-type]  # one of them
    code = f"account_{status}" if status in ("disabled", "inactive", "suspended") else "no_membership"
    answer = both.browser.put("/session/membership", {"membership_id": both.birch.mailbox})
    assert (answer.status, answer.code) == (403, code)
    assert both.opened() == both.maple.mailbox


def test_losing_one_touches_only_that_one(world: World, both: Both) -> None:
    """ACC-8: the session lives; everything says so until another one is opened."""
    later.set_status(both.maple, "disabled")
    for answer in (
        both.browser.get("/session"),
        both.browser.get("/mailboxes"),
        both.browser.get("/members"),
        both.browser.post("/access-requests", {"access_level": "claims"}),
    ):
        assert (answer.status, answer.code) == (403, "membership_lost")
    items = both.browser.get("/memberships").json["items"]
    assert [(item["status"], item["open"]) for item in items] == [("active", False), ("disabled", False)]
    assert both.open(both.birch).json["membership"]["id"] == both.birch.mailbox
    assert both.browser.get("/mailboxes").status == 200
    assert world.browser(both.maple).get("/session").json["membership"]["id"] == both.birch.mailbox


def test_signing_out_with_a_lost_membership(both: Both) -> None:
    later.set_status(both.maple, "removed")
    assert both.browser.delete("/session").status == 204
    assert both.browser.get("/memberships").status == 401


def test_losing_the_last_one_ends_the_session(both: Both) -> None:
    """S-SESS-04: with nothing left to open."""
    later.set_status(both.maple, "disabled")
    later.set_status(both.birch, "suspended")
    for path in ("/session", "/memberships", "/mailboxes"):
        assert both.browser.get(path).status == 401


def test_ended_sessions_open_nothing(both: Both) -> None:
    """S-SESS-04: a change of password ends the session for every membership."""
    later.end_sessions(both.maple)
    assert both.browser.put("/session/membership", {"membership_id": both.birch.mailbox}).status == 401
    assert both.browser.get("/memberships").status == 401


def test_the_other_one_is_disabled_between_loading_and_saving(world: World, both: Both) -> None:
    """S-AZ-08: at the transaction, a membership that was just lost can't be opened."""
    token = (both.browser.cookie or "").split("=", 1)[1]
    wanted = store.membership(world.birch.id, both.birch.mailbox)
    assert wanted is not None
    opened = actors.member_actor(store.user(both.maple.user.id), wanted, world.origin, world.birch)
    later.set_status(both.birch, "disabled")
    with pytest.raises(Forbidden, match="account_disabled"):
        switching.open_membership(opened, ids.digest(token), both.birch.mailbox, world.time.now)


def test_staff_have_no_organization_to_open(world: World) -> None:
    browser = world.browser(world.ada)
    assert browser.get("/memberships").json["items"] == []
    answer = browser.put("/session/membership", {"membership_id": world.gina.mailbox})
    assert (answer.status, answer.code) == (403, "forbidden")


def test_the_first_active_one_opens_at_sign_in(world: World, both: Both) -> None:
    later.set_status(both.maple, "inactive")
    browser: Browser = world.browser()
    assert browser.sign_in(both.maple.user.email, PASSWORD).json["membership"]["id"] == both.birch.mailbox
