"""What every function of the template gets, whatever feature it belongs to: so that none can be forgotten.

A name that its log group and policy can tell beforehand, an alarm when it fails; for each queue it hears, the queue
with dead letters, encryption and an alarm.
"""

from collections.abc import Iterator
from typing import Any

Template = dict[str, Any]
Resource = dict[str, Any]

# Lambda may hold messages through a few retries of its own; below this they come back while they are worked on.
_VISIBILITY_PER_TIMEOUT = 6
_MAX_RECEIVES = 5
_KEPT_SECONDS = 14 * 24 * 3600


def complete(template: Template) -> None:
    """Add to the template what follows from its functions."""
    for logical_id, function in list(functions(template)):
        _name(template, logical_id, function)
        template["Resources"][f"{logical_id}Errors"] = _alarm(
            f"{handler_name(function)} ended with an error",
            "AWS/Lambda",
            "Errors",
            {"FunctionName": {"Ref": logical_id}},
        )
        for event in function.get("Events", {}).values():
            if event["Type"] == "SQS":
                _hear_queue(template, event["Properties"], function["Timeout"])


def functions(template: Template) -> Iterator[tuple[str, Resource]]:
    """Logical id and properties of each function."""
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            yield logical_id, resource["Properties"]


def handler_name(function: Resource) -> str:
    """The name of a function in the code: `publish_events`; `api_handler` for the app."""
    name: str = function["Handler"].rsplit(".", 1)[-1]
    return "api_handler" if name == "app" else name


def _name(template: Template, logical_id: str, function: Resource) -> None:
    # With a name of CloudFormation's choice the log group would need the function, the role the log group, and the
    # function the role.
    name = f"portico-${{Stage}}-{handler_name(function)}"
    function["FunctionName"] = {"Fn::Sub": name}
    log_group = template["Resources"][f"{_log_group_prefix(logical_id)}LogGroup"]
    log_group["Properties"]["LogGroupName"] = {"Fn::Sub": f"/aws/lambda/{name}"}
    log_group |= {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def _log_group_prefix(logical_id: str) -> str:
    # Chalice writes the one as `APIHandler` and what belongs to it as `ApiHandler…`.
    return "ApiHandler" if logical_id == "APIHandler" else logical_id


def _hear_queue(template: Template, source: Resource, timeout: int) -> None:
    """Put the real queue where Chalice put an ARN with the short name, and make it."""
    queue = source["Queue"]["Fn::Sub"].rsplit(":", 1)[-1]
    logical_id = "".join(word.capitalize() for word in queue.replace("_", "-").split("-"))
    source["Queue"] = {"Fn::GetAtt": [f"{logical_id}Queue", "Arn"]}
    source["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
    name = f"portico-${{Stage}}-{queue}"
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": [f"{logical_id}Dead", "Arn"]}, "maxReceiveCount": _MAX_RECEIVES}
    template["Resources"] |= {
        f"{logical_id}Queue": _queue(name, VisibilityTimeout=timeout * _VISIBILITY_PER_TIMEOUT, RedrivePolicy=redrive),
        f"{logical_id}Dead": _queue(f"{name}-dead"),
        f"{logical_id}QueuePolicy": _only_tls([f"{logical_id}Queue", f"{logical_id}Dead"]),
        f"{logical_id}DeadAlarm": _alarm(
            f"Messages of the queue {queue} were given up",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": {"Fn::GetAtt": [f"{logical_id}Dead", "QueueName"]}},
        ),
    }


def _queue(name: str, **more: Any) -> Resource:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": {"Fn::Sub": name},
            "MessageRetentionPeriod": _KEPT_SECONDS,
            "SqsManagedSseEnabled": True,
            **more,
        },
    }


def _only_tls(queues: list[str]) -> Resource:
    statement = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": [{"Fn::GetAtt": [queue, "Arn"]} for queue in queues],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": queue} for queue in queues],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        },
    }


def _alarm(text: str, namespace: str, metric: str, dimensions: dict[str, Any]) -> Resource:
    """An alarm that rings as soon as there is one."""
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": text,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "Statistic": "Maximum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "AlarmTopic"}],
        },
    }
