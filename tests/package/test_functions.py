"""The functions of the deployed template and what they hear, rule by rule."""

import json
import re
from typing import Any

import pytest

from app import app
from chalicelib.core import config
from chalicelib.subscriptions import outbox
from infra import ROOT, functions
from tests.package.conftest import STAGE
from tests.package.resolving import Resolver
from tests.package.sections import Resources, of_type

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package


def test_every_function_has_every_setting(template: dict[str, Any], resolver: Resolver) -> None:
    """Those without default are there, none is unknown, and the values are ones that the code takes."""
    common = template["Globals"]["Function"]["Environment"]["Variables"]
    assert {name for name in common if not name.startswith("PORTICO_")} == set()
    known = {f"PORTICO_{name.upper()}" for name in config.Settings.__struct_fields__}
    assert set(common) <= known
    for _, function in functions.functions(template):
        assert "Environment" not in function
    settings = config.load(resolver.value(common))
    here = config.current()
    assert settings.origin == "https://portal.plan.example"
    for name in (
        "stage",
        "table_prefix",
        "queue_prefix",
        "quarantine_bucket",
        "clean_bucket",
        "results_bucket",
        "mail_from",
    ):
        assert getattr(settings, name) == getattr(here, name), name
    assert settings.attachments_key == resolver.arn("QuarantineKey")
    assert settings.secrets_key == resolver.arn("SecretsKey")
    assert settings.pepper_key == resolver.arn("PepperKey")
    assert settings.results_key == resolver.arn("ResultsKey")


def test_secrets_are_made_by_aws(template: dict[str, Any]) -> None:
    """S-OPS-07: references only, in the settings and at the edge."""
    text = json.dumps(template)
    assert re.findall(r"\{\{resolve:secretsmanager:\$\{(\w+)\}", text).count("CursorSecret") == 1
    for made in of_type(template["Resources"], "AWS::SecretsManager::Secret").values():
        assert "SecretString" not in made
        assert made["GenerateSecretString"]["PasswordLength"] >= 32


def test_functions_run_where_their_packages_were_made_for(template: dict[str, Any]) -> None:
    wanted = json.loads((ROOT / ".chalice" / "config.json").read_text())
    for logical_id, function in functions.functions(template):
        assert function["Architectures"] == [wanted["lambda_architecture"]] == ["arm64"], logical_id
        assert function["CodeUri"] == "./deployment.zip"


def test_logs_are_kept_for_a_year(template: dict[str, Any], resolver: Resolver) -> None:
    """S-OPS-05."""
    groups = of_type(template["Resources"], "AWS::Logs::LogGroup").values()
    named = {resolver.value(made["LogGroupName"]): made["RetentionInDays"] for made in groups}
    functions_ = {f"/aws/lambda/{resolver.value(made['FunctionName'])}" for _, made in functions.functions(template)}
    assert named == dict.fromkeys(functions_, 365)


def test_every_queue_of_the_code_is_there(resources: Resources, resolver: Resolver) -> None:
    """Names as the code says them; dead letters after five tries; messages live as long as notices are remembered."""
    heard = {queue for queues in outbox.SUBSCRIPTIONS.values() for queue in queues}
    handled = {event.queue: event.name for event in app.event_sources if hasattr(event, "queue")}
    assert set(handled) == heard
    queues = of_type(resources, "AWS::SQS::Queue")
    by_name = {resolver.value(made["QueueName"]): made for made in queues.values()}
    dead = {f"portico-test-{queue}-dead" for queue in heard}
    assert set(by_name) == {f"portico-test-{queue}" for queue in heard} | dead | {"portico-test-failed-events"}
    for queue, handler in handled.items():
        made = by_name[config.current().queue_prefix + queue]
        function = next(made for _, made in functions.functions({"Resources": resources}) if _is(made, handler))
        (source,) = function["Events"].values()
        assert resolver.value(source["Properties"]["Queue"]).endswith(f":portico-test-{queue}")
        assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert made["VisibilityTimeout"] >= 6 * function["Timeout"]
        assert made["RedrivePolicy"]["maxReceiveCount"] == 5
        assert resolver.value(made["RedrivePolicy"]["deadLetterTargetArn"]).endswith(f":portico-test-{queue}-dead")
    for made in queues.values():
        assert made["MessageRetentionPeriod"] == 14 * 24 * 3600
        assert made["SqsManagedSseEnabled"] is True


def _is(function: dict[str, Any], handler: str) -> bool:
    return functions.handler_name(function) == handler


def test_the_outbox_wakes_its_carrier(resources: Resources) -> None:
    """The real stream; nothing else of the table; one bad record neither repeats the good ones nor stops the rest."""
    source = resources["PublishEvents"]["Properties"]["Events"]["PublishEventsDynamodbEventSource"]["Properties"]
    assert source["Stream"] == {"Fn::GetAtt": ["ShortlivedTable", "StreamArn"]}
    (filter_,) = source["FilterCriteria"]["Filters"]
    assert json.loads(filter_["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"cls": {"S": ["outbox"]}}},
    }
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert 0 < source["MaximumRetryAttempts"] < 100
    assert source["StartingPosition"] == "TRIM_HORIZON"
    assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["FailedEventsQueue", "Arn"]}
    assert outbox.OUTBOX_STREAM not in json.dumps(resources)


def test_alarms(template: dict[str, Any], resolver: Resolver) -> None:
    """Every function's errors, every queue's dead letters, the age of the outbox, wrong counts; each is told."""
    watched = set()
    for made in of_type(template["Resources"], "AWS::CloudWatch::Alarm").values():
        assert made["AlarmActions"] == [{"Ref": "AlarmTopic"}]
        dimensions = {item["Name"]: resolver.value(item["Value"]) for item in made.get("Dimensions", [])}
        of = dimensions.get("FunctionName") or dimensions.get("QueueName") or resolver.value(made["Namespace"])
        watched.add((made["MetricName"], of))
    names = {resolver.value(made["FunctionName"]) for _, made in functions.functions(template)}
    queues = {
        name
        for made in of_type(template["Resources"], "AWS::SQS::Queue").values()
        if (name := resolver.value(made["QueueName"])).endswith(("-dead", "-failed-events"))
    }
    assert watched == {
        *(("Errors", name) for name in names),
        *(("ApproximateNumberOfMessagesVisible", name) for name in queues),
        ("IteratorAge", "portico-test-publish_events"),
        ("5XXError", "AWS/ApiGateway"),
        ("UnreadCorrected", "portico-test"),
    }


def test_a_count_that_was_wrong_is_heard(resources: Resources, resolver: Resolver) -> None:
    """MSG-4: the line that the function writes makes the number that the alarm watches."""
    (made,) = of_type(resources, "AWS::Logs::MetricFilter").values()
    group = resources[made["LogGroupName"]["Ref"]]["Properties"]
    assert resolver.value(group["LogGroupName"]) == "/aws/lambda/portico-test-reconcile_unread"
    assert made["FilterPattern"] == '{ $.message = "*unread_corrected*" }'
    (number,) = made["MetricTransformations"]
    assert (resolver.value(number["MetricNamespace"]), number["MetricName"]) == ("portico-test", "UnreadCorrected")


def test_a_package_is_of_one_stage(template: dict[str, Any]) -> None:
    assert template["Parameters"]["Stage"]["AllowedValues"] == [template["Parameters"]["Stage"]["Default"]] == [STAGE]
