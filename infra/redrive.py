"""Dead letters go back to their queue: `python -m infra.redrive --stage prod notifications` (docs/operating.md).

With the credentials of whoever runs it, who may receive and delete dead letters and send to the queue. What dies while
it moves a message has it in both queues, which handlers bear.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import boto3

_MOST = 1_000
_HIDDEN_SECONDS = 60


def move(sqs: Any, queue: str, most: int = _MOST) -> int:
    """Move at most so many dead letters of a queue back to it, named as deployed; returns how many it moved."""
    target = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    dead = sqs.get_queue_url(QueueName=f"{queue}-dead")["QueueUrl"]
    moved = 0
    while moved < most:
        found = sqs.receive_message(
            QueueUrl=dead,
            MaxNumberOfMessages=min(10, most - moved),
            VisibilityTimeout=_HIDDEN_SECONDS,
            WaitTimeSeconds=1,
        ).get("Messages", [])
        if not found:
            break
        for message in found:
            # First there, then gone here: it is never in neither.
            sqs.send_message(QueueUrl=target, MessageBody=message["Body"])
            sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    return moved


def main(arguments: Sequence[str] | None = None) -> int:
    """Move, and tell how many went."""
    parser = argparse.ArgumentParser(prog="python -m infra.redrive", description="Dead letters go back to their queue.")
    parser.add_argument("queue", help="short name, such as notifications")
    parser.add_argument("--stage", required=True)
    parser.add_argument("--most", type=int, default=_MOST, help="stop after so many")
    parser.add_argument("--endpoint", help="of an SQS that is not AWS's")
    options = parser.parse_args(arguments)
    sqs = boto3.client("sqs", endpoint_url=options.endpoint)
    moved = move(sqs, f"portico-{options.stage}-{options.queue}", options.most)
    print(f"{moved} dead letters of {options.queue} went back to their queue.")  # noqa: T201 - its answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
