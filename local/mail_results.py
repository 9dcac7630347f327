"""What SES tells of a mail that came back, or that somebody complained of, as it comes on the event bus."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

Result = Literal["bounced", "bounced_for_now", "complained"]
RESULTS: tuple[Result, ...] = get_args(Result)
_ACCOUNT = "123456789012"


def event(
    mail: Mapping[str, Any], result: Result, at: datetime, configuration_set: str = "portico-local"
) -> dict[str, Any]:
    """The event; `mail` has id, to and sent_at, as the console shows it."""
    complained = result == "complained"
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Email Complaint Received" if complained else "Email Bounced",
        "source": "aws.ses",
        "account": _ACCOUNT,
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:ses:us-east-1:{_ACCOUNT}:configuration-set/{configuration_set}"],
        "detail": {
            "eventType": "Complaint" if complained else "Bounce",
            **(_complaint(mail, at) if complained else _bounce(mail, at, permanent=result == "bounced")),
            "mail": {
                "timestamp": _written(datetime.fromisoformat(mail["sent_at"])),
                "messageId": mail["id"],
                "destination": list(mail["to"]),
                "tags": {"ses:configuration-set": [configuration_set]},
            },
        },
    }


def _bounce(mail: Mapping[str, Any], at: datetime, *, permanent: bool) -> dict[str, Any]:
    recipient = {"action": "failed", "status": "5.1.1" if permanent else "4.2.2"}
    return {
        "bounce": {
            "feedbackId": str(uuid.uuid4()),
            "bounceType": "Permanent" if permanent else "Transient",
            "bounceSubType": "NoEmail" if permanent else "MailboxFull",
            "bouncedRecipients": [{"emailAddress": address, **recipient} for address in mail["to"]],
            "timestamp": _written(at),
        }
    }


def _complaint(mail: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "complaint": {
            "feedbackId": str(uuid.uuid4()),
            "complainedRecipients": [{"emailAddress": address} for address in mail["to"]],
            "complaintFeedbackType": "abuse",
            "timestamp": _written(at),
        }
    }


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"
