"""Every function may do all it does, and nothing besides (S-OPS-01): its calls on a whole day against its policy."""

import re
from typing import Any

import pytest

from app import app
from infra import dependencies, functions
from tests.package.calls import Needs
from tests.package.conftest import Day
from tests.package.granting import Grant, Policies
from tests.package.iam import Need, matches
from tests.package.resolving import Resolver

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package

SHORTLIVED = "arn:aws:dynamodb:us-east-1:123456789012:table/portico-test-shortlived"
FAILED = "arn:aws:sqs:us-east-1:123456789012:portico-test-failed-events"
# Granted though no code of ours asked for it on that day: (function, action, resource) and why. `*` stands for any.
NOT_OURS = {
    ("*", "logs:CreateLogStream", "*"): "Lambda writes what a function prints",
    ("*", "logs:PutLogEvents", "*"): "Lambda writes what a function prints",
    ("release_uploads", "sqs:*", "*portico-test-attachments"): "Lambda takes messages for the function",
    ("inspect_uploads", "sqs:*", "*portico-test-inspections"): "Lambda takes messages for the function",
    ("receive_registrations", "sqs:*", "*portico-test-accounts"): "Lambda takes messages for the function",
    ("follow_onboarding", "sqs:*", "*portico-test-enrollment"): "Lambda takes messages for the function",
    ("deliver_notices", "sqs:*", "*portico-test-notifications"): "Lambda takes messages for the function",
    ("carry_on_work", "sqs:*", "*portico-test-work"): "Lambda takes messages for the function",
    ("publish_events", "dynamodb:*", "*/stream/now"): "Lambda reads the stream for the function",
    ("publish_events", "sqs:SendMessage", FAILED): "Lambda tells what it gave up on",
    ("record_scan_result", "sqs:SendMessage", FAILED): "Lambda tells what it gave up on",
    ("record_mail_result", "sqs:SendMessage", FAILED): "Lambda tells what it gave up on",
    ("record_mail_result", "dynamodb:GetItem", SHORTLIVED): "core/change.py looks its operation up after a lost answer",
    ("release_uploads", "dynamodb:GetItem", SHORTLIVED): "core/change.py looks its operation up after a lost answer",
    ("bootstrap", "dynamodb:GetItem", SHORTLIVED): "core/change.py looks its operation up after a lost answer",
    ("record_scan_result", "dynamodb:GetItem", SHORTLIVED): "core/change.py looks its operation up after a lost answer",
}


@pytest.fixture
def policies(template: dict[str, Any], resolver: Resolver) -> Policies:
    return Policies(template, resolver)


@pytest.fixture
def needed(day: Day, template: dict[str, Any], resolver: Resolver) -> dict[str, set[Need]]:
    """What each function needed."""
    needs = Needs(resolver, template)
    return {function: {need for call in calls for need in needs.of(call)} for function, calls in day.calls.items()}


def missing(policies: Policies, needed: dict[str, set[Need]]) -> list[str]:
    return sorted(
        f"{function} may not: {need}"
        for function, needs in needed.items()
        for need in needs
        if not policies.allow(function, need)
    )


def unused(policies: Policies, needed: dict[str, set[Need]]) -> list[Grant]:
    return [
        grant
        for grant in policies.grants()
        if not any(_serves(grant, need) for need in needed[grant.function]) and not _excepted(grant)
    ]


def _serves(grant: Grant, need: Need) -> bool:
    return grant.action == need.action and matches(grant.resource, need.resource)


def _excepted(grant: Grant) -> bool:
    return any(
        all(matches(pattern, text) for pattern, text in zip(exception, _parts(grant), strict=True))
        for exception in NOT_OURS
    )


def _parts(grant: Grant) -> tuple[str, str, str]:
    return grant.function, grant.action, grant.resource


def test_every_function_may_do_what_it_does(policies: Policies, needed: dict[str, set[Need]]) -> None:
    assert missing(policies, needed) == []


def test_no_function_may_do_what_it_never_does(policies: Policies, needed: dict[str, set[Need]]) -> None:
    assert unused(policies, needed) == []


def test_exceptions_are_still_needed(policies: Policies, needed: dict[str, set[Need]]) -> None:
    """One that excuses nothing any more goes."""
    for exception in NOT_OURS:
        excused = [
            grant
            for grant in policies.grants()
            if all(matches(pattern, text) for pattern, text in zip(exception, _parts(grant), strict=True))
            and not any(_serves(grant, need) for need in needed[grant.function])
        ]
        assert excused, exception


def test_the_day_left_nothing_out(day: Day, template: dict[str, Any]) -> None:
    """A route or handler that is added here joins the journey (tests/package/journey.py), or its calls go unseen."""
    patterns = {
        (route.method, route.path): re.compile(re.sub(r"\{\w+\}", "[^/]+", route.path)) for route in app.declared
    }
    missed = {
        route
        for route, pattern in patterns.items()
        if not any(method == route[0] and pattern.fullmatch(path) for method, path in day.requests)
    }
    assert missed == set()
    assert set(day.calls) == {functions.handler_name(function) for _, function in functions.functions(template)}


def test_the_zip_has_the_data_of_all_services_that_are_called(day: Day) -> None:
    called = {call.service for calls in day.calls.values() for call in calls}
    assert called <= dependencies.SERVICES
    assert dependencies.SERVICES - called == {"sts"}


def test_each_permission_taken_away_is_missed(policies: Policies, needed: dict[str, set[Need]]) -> None:
    """A planted offence for every grant: without it, the first test turns red."""
    planted = [grant for grant in policies.grants() if not _excepted(grant)]
    assert len(planted) > 50
    for grant in planted:
        assert missing(policies.without(grant), needed), grant


def test_wrong_arns_are_missed(policies: Policies, needed: dict[str, set[Need]]) -> None:
    """A planted offence: the names of another stage."""
    for document in policies.by_function.values():
        for statement in document["Statement"]:
            statement["Resource"] = [name.replace("portico-test-", "portico-other-") for name in statement["Resource"]]
    found = missing(policies, needed)
    for function in policies.by_function:
        assert any(line.startswith(f"{function} may not") for line in found), function
