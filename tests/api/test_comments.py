"""Comments on members (ACC-4, S-IO-01): kept as they were typed, and nowhere but in the history."""

import json

import pytest

from tests import stored
from tests.portal import Browser
from tests.world import Account, World

CORPUS = (
    "<script>alert(1)</script>",
    "</xmp><script>alert(1)</script>",
    ";alert(1)//",
    "'; DROP TABLE members; --",
    "<img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} %s {0}",
    "&lt;b&gt; &amp; \\u003cb\\u003e",
    '=HYPERLINK("http://evil.example")',
    "+1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "👩‍👩‍👧‍👦 is one family 🏳️‍🌈",
    "e\u0301 is not é until somebody says so",
    "שלום עולם, مرحبا بالعالم",
    "línea uno\nlínea dos\n\ttabbed",
    "  blanks at both ends  ",
    "x" * 200,
    "👩‍👩‍👧‍👦" * 80,
)


@pytest.fixture
def lou(world: World) -> Account:
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


def _comment(browser: Browser, member: str, comment: str) -> None:
    version = browser.get(f"/members/{member}").json["version"]
    answer = browser.send("PATCH", f"/members/{member}", {"comment": comment}, {"If-Match": f'"{version}"'})
    assert answer.status == 200, answer.text


def test_comments_are_kept_verbatim_and_nowhere_else(world: World, lou: Account) -> None:
    """AUD-4: no comment in an audit record, an event or an operation."""
    browser, member = world.browser(lou), world.gina.mailbox
    for comment in CORPUS:
        _comment(browser, member, comment)
    shown = browser.get(f"/members/{member}/history").json["items"]
    assert [entry["comment"] for entry in shown] == list(reversed(CORPUS))
    assert [entry["number"] for entry in shown] == list(range(len(CORPUS), 0, -1))
    for table, items in stored.everything().items():
        kept = json.dumps([item for item in items if item["cls"]["S"] != "history"], default=repr, ensure_ascii=False)
        for comment in CORPUS:
            assert json.dumps(comment, ensure_ascii=False)[1:-1] not in kept, (table, comment)


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("x" * 201, "comment_too_long"),
        ("e\u0301" * 201, "comment_too_long"),
        ("a" + "\u0301" * 1_200, "comment_too_long"),
        ("x" * 2_001, "too_long"),
        ("a\u202eb", "characters_not_allowed"),
        ("a\u0000b", "characters_not_allowed"),
    ],
)
def test_comments_that_are_refused(world: World, lou: Account, comment: str, code: str) -> None:
    """ACC-4, S-IO-05; nothing changes."""
    browser = world.browser(lou)
    answer = browser.send("PATCH", f"/members/{world.gina.mailbox}", {"comment": comment}, {"If-Match": '"0"'})
    assert (answer.status, answer.fields) == (422, {("/comment", code)})
    assert browser.get(f"/members/{world.gina.mailbox}/history").json["items"] == []


@pytest.mark.parametrize("verb", ["disable", "reject"])
def test_moves_that_need_a_comment(world: World, lou: Account, verb: str) -> None:
    """Section 3."""
    browser = world.browser(lou)
    status = {"disable": "active", "reject": "verification_pending"}[verb]
    member = world.member(world.maple, "Mia Sample", status=status).mailbox  # type: ignore[arg-type]  # one of two
    answer = browser.send("POST", f"/members/{member}/{verb}", {"comment": ""}, {"If-Match": '"0"'})
    assert (answer.status, answer.fields) == (422, {("/comment", "required")})


def test_pages_of_a_history(world: World, lou: Account) -> None:
    browser, member = world.browser(lou), world.gina.mailbox
    for number in range(27):
        _comment(browser, member, f"No. {number}")
    first = browser.get(f"/members/{member}/history").json
    rest = browser.get(f"/members/{member}/history", cursor=first["next_cursor"]).json
    assert [entry["number"] for entry in first["items"] + rest["items"]] == list(range(27, 0, -1))
    assert (len(first["items"]), rest["next_cursor"]) == (25, None)


def test_two_edits_of_one_version(world: World, lou: Account) -> None:
    """PLT-3: the second is refused and changes nothing; one without a version is refused too."""
    browser, member = world.browser(lou), world.gina.mailbox
    version = {"If-Match": '"0"'}
    assert browser.send("PATCH", f"/members/{member}", {"comment": "first"}, version).status == 200
    second = browser.send("PATCH", f"/members/{member}", {"comment": "second"}, version)
    assert (second.status, second.code) == (412, "stale")
    none = browser.send("PATCH", f"/members/{member}", {"comment": "none"})
    assert (none.status, none.code) == (428, "version_missing")
    odd = browser.send("PATCH", f"/members/{member}", {"comment": "odd"}, {"If-Match": 'W/"1"'})
    assert (odd.status, odd.code) == (412, "stale")
    assert [entry["comment"] for entry in browser.get(f"/members/{member}/history").json["items"]] == ["first"]
