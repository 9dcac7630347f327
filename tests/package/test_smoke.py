"""Every function answers a recorded event from the unpacked zip: a fresh process, no other packages, real engines."""

import concurrent.futures
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import boto3
import msgspec
import pytest

from chalicelib.core import ids
from infra import ROOT, functions
from local import engines
from local.moto_server import MAIL_PATH
from tests.settings import ORIGIN

pytestmark = pytest.mark.timeout(300)  # the first test waits for the package

HERE = Path(__file__).parent
PREFIX = "portico-smoke-"
# The events of each function.
CALLS = {
    "api_handler": ("api_plan", "api_session", "api_sign_in", "api_upload"),
    "bootstrap": ("invocation",),
    "carry_on_work": ("queue_work",),
    "deliver_notices": ("queue_notifications",),
    "follow_onboarding": ("queue_enrollment",),
    "enrollment_clock": ("schedule_enrollment",),
    "housekeeping": ("schedule",),
    "notification_fanout": ("schedule_notices",),
    "publish_events": ("outbox_record",),
    "receive_registrations": ("queue_accounts",),
    "inactivity_lockout": ("schedule_inactivity",),
    "inspect_uploads": ("queue_inspections",),
    "reconcile_unread": ("schedule_recount",),
    "record_mail_result": ("mail_result",),
    "record_scan_result": ("scan_result",),
    "release_uploads": ("queue_attachments",),
    "retention": ("schedule_retention",),
    "revalidation_reminders": ("schedule_reviews",),
}


class Stand(msgspec.Struct, frozen=True):
    """The engines, filled."""

    variables: dict[str, str]
    """The environment of the functions."""
    values: dict[str, Any]
    """What events need, by the name of its place."""


class Outcome(msgspec.Struct, frozen=True):
    """What a function's process came to; see invoke.py."""

    answers: list[Any]
    foreign: list[str]
    uncompiled: list[str]
    log: str = ""


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    with engines.dynamodb() as dynamodb, engines.aws() as aws:
        variables = engines.environment(dynamodb=dynamodb, aws=aws, origin=ORIGIN, table_prefix=PREFIX)
        variables["PORTICO_QUEUE_PREFIX"] = PREFIX
        done = subprocess.run(
            [sys.executable, "-m", "tests.package.prepare"],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=variables,
        )
        yield Stand(variables, json.loads(done.stdout))


@pytest.fixture(scope="module")
def outcomes(stand: Stand, unpacked: Path, template: dict[str, Any]) -> dict[str, Outcome]:
    """What each function came to."""
    handlers = {functions.handler_name(made): made["Handler"] for _, made in functions.functions(template)}

    def call(function: str) -> Outcome:
        texts = [(HERE / "events" / f"{event}.json").read_text() for event in CALLS[function]]
        return invoke(unpacked, handlers[function], [filled(text, stand.values) for text in texts], stand.variables)

    # In any order, so two at a time.
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(CALLS, pool.map(call, CALLS), strict=True))


@pytest.fixture(scope="module")
def answers(outcomes: dict[str, Outcome]) -> dict[str, Any]:
    """The answer to each event."""
    return {
        event: answer
        for function, events in CALLS.items()
        for event, answer in zip(events, outcomes[function].answers, strict=True)
    }


def filled(text: str, values: dict[str, Any]) -> str:
    """An event with `@place@` filled; a place that is all of a string may hold any value."""
    for name, value in values.items():
        text = text.replace(f'"@{name}@"', json.dumps(value)).replace(f"@{name}@", str(value))
    return text


def invoke(folder: Path, handler: str, events: list[str], variables: dict[str, str]) -> Outcome:
    done = subprocess.run(
        # Nothing of Python's environment, no packages but those in the folder, which is read-only on Lambda.
        [sys.executable, "-I", "-S", "-B", str(HERE / "invoke.py"), str(folder), handler],
        input=f"[{','.join(events)}]",
        capture_output=True,
        text=True,
        env={**variables, "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"},
        cwd="/",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = msgspec.json.decode(done.stdout.splitlines()[-1], type=Outcome)
    return msgspec.structs.replace(outcome, log=done.stderr)


def test_every_function_is_called(template: dict[str, Any]) -> None:
    assert set(CALLS) == {functions.handler_name(made) for _, made in functions.functions(template)}
    assert {path.stem for path in (HERE / "events").glob("*.json")} == {
        event for events in CALLS.values() for event in events
    }


@pytest.mark.parametrize("function", CALLS)
def test_nothing_from_elsewhere_is_loaded(function: str, outcomes: dict[str, Outcome]) -> None:
    """Packages come from the zip, and every module of it with its bytecode."""
    assert (outcomes[function].foreign, outcomes[function].uncompiled) == ([], [])


def test_a_public_request(answers: dict[str, Any]) -> None:
    answer = answers["api_plan"]
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["name"] == "Example Valley Health Plan"
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"


def test_a_request_of_somebody_signed_in(answers: dict[str, Any]) -> None:
    answer = answers["api_session"]
    assert answer["statusCode"] == 200, answer["body"]
    assert json.loads(answer["body"])["user"]["name"] == "Gina Sample"


def test_signing_in(answers: dict[str, Any]) -> None:
    """argon2 as it was built for this machine."""
    answer = answers["api_sign_in"]
    assert answer["statusCode"] == 201, answer["body"]
    assert "__Host-sid=" in json.dumps(answer)


def test_a_form_for_a_file(answers: dict[str, Any], stand: Stand) -> None:
    """S3's data survived the trimming."""
    answer = answers["api_upload"]
    assert answer["statusCode"] == 201, answer["body"]
    form = json.loads(answer["body"])
    assert form["url"].startswith(stand.variables["PORTICO_S3_PUBLIC_ENDPOINT"])
    assert form["fields"]["key"].startswith("quarantine/")


def test_the_outbox_is_carried_to_its_queue(
    answers: dict[str, Any], outcomes: dict[str, Outcome], stand: Stand
) -> None:
    assert answers["outbox_record"] == {"batchItemFailures": []}, outcomes["publish_events"].log
    sqs = boto3.client("sqs", endpoint_url=stand.variables["PORTICO_SQS_ENDPOINT"], region_name="us-east-1")
    queue = sqs.get_queue_url(QueueName=f"{PREFIX}notifications")["QueueUrl"]
    # Beside it stand those of the demo's events that the safety net carried.
    carried = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        carried += [json.loads(message["Body"]) for message in messages]
    assert {**json.loads(stand.values["message_sent"]), "queue": "notifications"} in carried


def test_a_notice_is_mailed(answers: dict[str, Any], outcomes: dict[str, Outcome], stand: Stand) -> None:
    assert answers["queue_notifications"] == {"batchItemFailures": []}, outcomes["deliver_notices"].log
    with urlopen(stand.variables["PORTICO_SES_ENDPOINT"] + MAIL_PATH) as answer:
        (mail,) = json.loads(answer.read())
    assert mail["to"] == ["gina.sample@maple-example-clinic.example"]


@pytest.mark.parametrize(("event", "upload"), [("queue_attachments", "scanned"), ("scan_result", "finalized")])
def test_a_file_is_cleared(event: str, upload: str, answers: dict[str, Any], stand: Stand) -> None:
    assert answers[event] in (None, {"batchItemFailures": []})
    dynamodb = boto3.client(
        "dynamodb", endpoint_url=stand.variables["PORTICO_DYNAMODB_ENDPOINT"], region_name="us-east-1"
    )
    key = {"pk": {"S": f"UPLOAD#{stand.values[upload]}"}, "sk": {"S": "UPLOAD"}}
    item = dynamodb.get_item(TableName=f"{PREFIX}mail", Key=key, ConsistentRead=True)["Item"]
    assert (item["state"], item["cleared"]) == ({"S": "checking"}, {"BOOL": True})


def test_a_bounce_is_kept(answers: dict[str, Any], stand: Stand) -> None:
    """NOT-4."""
    assert answers["mail_result"] is None
    dynamodb = boto3.client(
        "dynamodb", endpoint_url=stand.variables["PORTICO_DYNAMODB_ENDPOINT"], region_name="us-east-1"
    )
    key = {"pk": {"S": f"ADDRESS#{ids.digest('nobody@people.example')}"}, "sk": {"S": "DELIVERY"}}
    item = dynamodb.get_item(TableName=f"{PREFIX}directory", Key=key, ConsistentRead=True)["Item"]
    assert item["permanent_at"]["S"].startswith("2026-11-22T03:05:01")


def test_a_file_is_looked_into(answers: dict[str, Any], outcomes: dict[str, Outcome], stand: Stand) -> None:
    """S-FILE-04: by a function that tells the release what it found."""
    assert answers["queue_inspections"] == {"batchItemFailures": []}, outcomes["inspect_uploads"].log
    sqs = boto3.client("sqs", endpoint_url=stand.variables["PORTICO_SQS_ENDPOINT"], region_name="us-east-1")
    queue = sqs.get_queue_url(QueueName=f"{PREFIX}attachments")["QueueUrl"]
    (message,) = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    told = json.loads(message["Body"])
    assert (told["name"], told["ids"]["holds"]) == ("upload.inspected", "yes")
    assert told["ids"]["upload_id"] == stand.values["finalized"]


def test_a_long_work_is_taken_up(answers: dict[str, Any], stand: Stand) -> None:
    """There is no step for its kind, so its message goes back to the queue."""
    assert answers["queue_work"] == {"batchItemFailures": [{"itemIdentifier": "0e5b8e0a-2c57-4e52-9b9c-3a1c5f7d2b10"}]}
    dynamodb = boto3.client(
        "dynamodb", endpoint_url=stand.variables["PORTICO_DYNAMODB_ENDPOINT"], region_name="us-east-1"
    )
    key = {"pk": {"S": f"WORK#{stand.values['owner']}"}, "sk": {"S": stand.values["work"]}}
    item = dynamodb.get_item(TableName=f"{PREFIX}shortlived", Key=key, ConsistentRead=True)["Item"]
    assert (item["state"], item["attempts"]) == ({"S": "running"}, {"N": "1"})


def test_a_registration_is_looked_into(answers: dict[str, Any], outcomes: dict[str, Outcome], stand: Stand) -> None:
    """Its TIN is nobody's, so that the request just goes."""
    assert answers["queue_accounts"] == {"batchItemFailures": []}, outcomes["receive_registrations"].log
    dynamodb = boto3.client(
        "dynamodb", endpoint_url=stand.variables["PORTICO_DYNAMODB_ENDPOINT"], region_name="us-east-1"
    )
    key = {"pk": {"S": f"REGISTRATION#{stand.values['registration']}"}, "sk": {"S": "REGISTRATION"}}
    assert "Item" not in dynamodb.get_item(TableName=f"{PREFIX}shortlived", Key=key, ConsistentRead=True)


def test_a_practice_is_followed(answers: dict[str, Any], outcomes: dict[str, Outcome], stand: Stand) -> None:
    """ORG-1: it stands on the lists of enrollment then."""
    assert answers["queue_enrollment"] == {"batchItemFailures": []}, outcomes["follow_onboarding"].log
    dynamodb = boto3.client(
        "dynamodb", endpoint_url=stand.variables["PORTICO_DYNAMODB_ENDPOINT"], region_name="us-east-1"
    )
    key = {"pk": {"S": "STANDING"}, "sk": {"S": stand.values["organization"]}}
    item = dynamodb.get_item(TableName=f"{PREFIX}directory", Key=key, ConsistentRead=True)["Item"]
    assert item["lacks"]["S"]


def test_the_first_account_is_refused_where_there_is_one(answers: dict[str, Any]) -> None:
    """CRD-11."""
    assert (answers["invocation"]["done"], answers["invocation"]["reason"]) == (False, "staff_exist")


def test_a_schedule_is_worked(answers: dict[str, Any]) -> None:
    answer = answers["schedule"]
    assert (answer["finished"], answer["failed"]) == (1, 0)


def test_counts_are_gone_through(answers: dict[str, Any]) -> None:
    """MSG-4: none of the demo's is wrong."""
    assert answers["schedule_recount"]["corrected"] == 0
