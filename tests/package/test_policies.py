"""What the policies of functions may say at all."""

import copy
import json
from typing import Any

import pytest

from infra import ROOT, functions
from tests.package import iam
from tests.package.granting import Policies
from tests.package.iam import Need
from tests.package.resolving import Resolver
from tests.package.sections import of_type

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package

POLICIES = ROOT / "policies"
# Where a name ends in `*`, and why nothing shorter will do.
WILDCARDS = {
    "arn:aws:s3:::portico-test-quarantine/quarantine/*": "the ids of uploads",
    "arn:aws:s3:::portico-test-clean/clean/*": "the ids of uploads",
    "arn:aws:s3:::portico-test-results/input/*": "the ids of works",
    "arn:aws:s3:::portico-test-results/part/*": "the ids of works",
    "arn:aws:s3:::portico-test-results/result/*": "the ids of works",
    "arn:aws:s3:::portico-test-quarantine/*": "GuardDuty's own demand",
    "arn:aws:events:us-east-1:123456789012:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*": "GuardDuty's rule",
}
APPENDING = {"dynamodb:PutItem"}
NEVER_ON_JOURNAL = {
    "dynamodb:DeleteItem",
    "dynamodb:DeleteTable",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateItem",
    "dynamodb:UpdateTimeToLive",
}
QUARANTINED = "arn:aws:s3:::portico-test-quarantine/quarantine/a/b"
RESULT = "arn:aws:s3:::portico-test-results/result/wrk_a"
CLEAN = "arn:aws:s3:::portico-test-clean/clean/a/b"
RELEASING = {"release_uploads"}
READING = RELEASING | {"inspect_uploads"}


@pytest.fixture
def policies(template: dict[str, Any], resolver: Resolver) -> Policies:
    return Policies(template, resolver)


def test_one_policy_for_each_function(template: dict[str, Any]) -> None:
    """S-OPS-01: none missing, none left over, none made by Chalice, none shared."""
    settings = json.loads((ROOT / ".chalice" / "config.json").read_text())
    assert settings["autogen_policy"] is False
    assert not [of for of in settings["lambda_functions"].values() if "autogen_policy" in of]
    # A function without an entry of its own must not find another's policy.
    assert "iam_policy_file" not in settings
    assert not [stage for stage in settings["stages"].values() if {"iam_policy_file", "autogen_policy"} & set(stage)]
    names = {functions.handler_name(function) for _, function in functions.functions(template)}
    assert {path.stem for path in POLICIES.glob("*.json")} == names
    wanted = {name: f"../policies/{name}.json" for name in names}
    assert {name: of["iam_policy_file"] for name, of in settings["lambda_functions"].items()} == wanted


def test_roles_say_what_the_files_say(template: dict[str, Any]) -> None:
    """S-OPS-01."""
    for _, function in functions.functions(template):
        role = template["Resources"][function["Role"]["Fn::GetAtt"][0]]["Properties"]
        assert "ManagedPolicyArns" not in role
        (policy,) = role["Policies"]
        file = POLICIES / f"{functions.handler_name(function)}.json"
        assert policy["PolicyDocument"] == json.loads(file.read_text())


def test_nothing_is_granted_by_wildcard(template: dict[str, Any], resolver: Resolver) -> None:
    """S-OPS-01: no `*` in an action, none for a resource but those listed."""
    documents = [
        resolver.value(policy["PolicyDocument"])
        for role in of_type(template["Resources"], "AWS::IAM::Role").values()
        for policy in role["Policies"]
    ]
    used = set()
    for statement in iam.statements(documents, "Allow"):
        assert not [action for action in iam.listed(statement["Action"]) if "*" in action or "?" in action], statement
        assert not {"NotAction", "NotResource"} & set(statement)
        # All that a log group's ARN names are its streams.
        resources = [name.removesuffix(":*") for name in iam.listed(statement["Resource"])]
        used |= {name for name in resources if "*" in name or "?" in name}
    assert used == set(WILDCARDS)


def test_the_journal_only_grows(policies: Policies, resolver: Resolver) -> None:
    """S-AUD-06: whoever adds to it is denied all else, whatever is allowed elsewhere."""
    journal = resolver.arn("JournalTable")
    writers = set()
    for grant in policies.grants():
        if grant.resource == journal:
            assert grant.action in APPENDING, grant
            writers.add(grant.function)
    assert writers == set(policies.by_function) - {"publish_events", "notification_fanout", "inspect_uploads"}
    for function in writers:
        for statement in iam.statements([policies.by_function[function]], "Deny"):
            if statement["Resource"] == [journal]:
                assert set(statement["Action"]) == NEVER_ON_JOURNAL, function
                break
        else:
            pytest.fail(f"{function} is not denied anything on the journal")


def mighty(policies: Policies) -> Policies:
    """The same with everything allowed to every function: what then stands in the way are the buckets."""
    changed = copy.copy(policies)
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    changed.by_function = {name: {"Statement": [everything]} for name in policies.by_function}
    return changed


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:GetObjectVersion"])
def test_quarantine_is_read_by_inspection_and_release_alone(action: str, policies: Policies) -> None:
    """S-OPS-01, S-FILE-05: not by the API, even if its policy said so."""
    need = Need(action, QUARANTINED)
    assert {function for function in policies.by_function if mighty(policies).allow(function, need)} == READING
    versions = {function for function in policies.by_function if policies.allow(function, need)}
    assert versions == (READING if action.endswith("Version") else set())


def test_files_come_into_quarantine_by_forms_of_the_api_alone(policies: Policies) -> None:
    """S-FILE-01."""
    need = Need("s3:PutObject", QUARANTINED)
    assert {function for function in policies.by_function if mighty(policies).allow(function, need)} == {"api_handler"}


def test_quarantine_is_decrypted_by_inspection_and_release_alone(policies: Policies, resolver: Resolver) -> None:
    """S-OPS-01: each role uses the keys it needs and no other."""
    can = {(grant.function, grant.action, grant.resource) for grant in policies.grants() if grant.action[:4] == "kms:"}
    quarantine, clean, results = (resolver.arn(f"{name}Key") for name in ("Quarantine", "Clean", "Results"))
    assert can == {
        ("api_handler", "kms:GenerateDataKey", quarantine),
        ("api_handler", "kms:Decrypt", clean),
        ("api_handler", "kms:Encrypt", resolver.arn("SecretsKey")),
        ("api_handler", "kms:Decrypt", resolver.arn("SecretsKey")),
        ("api_handler", "kms:GenerateMac", resolver.arn("PepperKey")),
        *((function, "kms:Decrypt", quarantine) for function in READING),
        *((function, "kms:GenerateDataKey", clean) for function in RELEASING),
        *(
            (f, f"kms:{use}", results)
            for f in ("api_handler", "carry_on_work")
            for use in ("Decrypt", "GenerateDataKey")
        ),
    }


def test_clean_files_are_put_in_by_the_release_and_handed_out_by_the_api(policies: Policies) -> None:
    """S-FILE-05, S-FILE-06."""
    all_ = mighty(policies)
    assert {function for function in all_.by_function if all_.allow(function, Need("s3:GetObject", CLEAN))} == {
        "api_handler"
    }
    assert {function for function in all_.by_function if all_.allow(function, Need("s3:PutObject", CLEAN))} == RELEASING


@pytest.mark.parametrize(
    ("action", "folder", "function"),
    [
        ("s3:PutObject", "input", "api_handler"),
        ("s3:GetObject", "input", "carry_on_work"),
        ("s3:PutObject", "part", "carry_on_work"),
        ("s3:GetObject", "part", "carry_on_work"),
        ("s3:PutObject", "result", "carry_on_work"),
        ("s3:GetObject", "result", "api_handler"),
    ],
)
def test_files_of_long_works_are_touched_by_one_function_each(
    action: str, folder: str, function: str, policies: Policies
) -> None:
    """S-OPS-01, S-FILE-06: whatever their own policies said."""
    need = Need(action, f"arn:aws:s3:::portico-test-results/{folder}/wrk_a")
    assert {name for name in policies.by_function if mighty(policies).allow(name, need)} == {function}
    assert {name for name in policies.by_function if policies.allow(name, need)} == {function}


@pytest.mark.parametrize(("age", "fine"), [("0", True), ("60000", True), ("60001", False)])
def test_links_last_a_minute(age: str, fine: bool, policies: Policies) -> None:
    """S-FILE-06: whatever the API said when it signed."""
    for name in (CLEAN, RESULT):
        need = Need("s3:GetObject", name, (("s3:signatureAge", age),))
        assert policies.allow("api_handler", need) is fine


@pytest.mark.parametrize("context", [("aws:SecureTransport", "false"), ("s3:TlsVersion", "1.1")])
@pytest.mark.parametrize(
    "need", [Need("s3:GetObject", CLEAN), Need("s3:PutObject", QUARANTINED), Need("s3:GetObject", RESULT)]
)
def test_files_travel_by_good_tls(context: tuple[str, str], need: Need, policies: Policies) -> None:
    """S-FILE-09, S-OPS-03."""
    assert policies.allow("api_handler", need)
    assert not policies.allow("api_handler", Need(need.action, need.resource, (context,)))


def test_nobody_sets_tags_in_quarantine(policies: Policies) -> None:
    """S-FILE-05."""
    for function in policies.by_function:
        for action in ("s3:PutObjectTagging", "s3:PutObjectVersionTagging"):
            assert not mighty(policies).allow(function, Need(action, QUARANTINED))


def test_events_come_from_the_outbox_alone(policies: Policies) -> None:
    """S-MAIL-06: no other function may send to a handler's queue but who carries what is open; some to one queue.

    The inspection, which has no table, to the release's; the notifier to its own, for what waits.
    """
    senders = {
        (grant.function, grant.resource.rsplit(":", 1)[-1])
        for grant in policies.grants()
        if grant.action == "sqs:SendMessage" and not grant.resource.endswith("-failed-events")
    }
    own = {("inspect_uploads", "portico-test-attachments"), ("deliver_notices", "portico-test-notifications")}
    assert own <= senders
    again = {("notification_fanout", f"portico-test-{queue}") for queue in ("accounts", "enrollment", "notifications")}
    assert again <= senders
    assert {function for function, _ in senders - own - again} == {"publish_events"}


def test_who_parses_files_touches_no_table(policies: Policies) -> None:
    """S-FILE-04: what gets through a parser finds quarantine, and nothing else of anybody's."""
    reach = {grant.action.split(":")[0] for grant in policies.grants() if grant.function == "inspect_uploads"}
    assert reach == {"kms", "logs", "s3", "sqs"}
    settings = json.loads((ROOT / ".chalice" / "config.json").read_text())
    assert settings["lambda_functions"]["inspect_uploads"]["lambda_timeout"] == 15
