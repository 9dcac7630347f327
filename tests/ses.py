"""SES in a test: the mails it took, and how it may fail."""

import json
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import Message, ses_backends


class Post:
    """SES: the mails it took, and how it may fail."""

    def __init__(self, events: Any) -> None:
        self._refused: set[str] = set()
        self._lost = 0
        self._throttled = 0
        self.pages: dict[str, str] = {}
        self.calls: list[str] = []
        """Everything that SES was given, call by call, also where it refused."""
        events.register("before-call.ses.SendEmail", self._before)
        events.register("after-call.ses.SendEmail", self._after)

    @property
    def mails(self) -> list[Message]:
        """What was sent, in order. `body` is the text; the form in HTML is in `pages`, by the mail's id."""
        return list(ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages)

    @property
    def addresses(self) -> list[str]:
        """To whom, sorted."""
        return sorted(address for mail in self.mails for address in mail.destinations["ToAddresses"])

    def refuse(self, address: str) -> None:
        """Mail to an address is refused from now on."""
        self._refused.add(address)

    def accept(self) -> None:
        """Nothing is refused any more."""
        self._refused.clear()

    def throttle(self, times: int) -> None:
        """The next mails are too many for a second."""
        self._throttled = times

    def lose_answers(self, times: int) -> None:
        """The next mails go out, but SES's answer never comes."""
        self._lost = times

    def _before(self, params: Any, context: Any, **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        self.calls.append(json.dumps(params["body"], ensure_ascii=False))
        context["portico_mail"] = params["body"]
        code = "Throttling" if self._throttled else "MessageRejected"
        if self._throttled:
            self._throttled -= 1
        elif not any(address in str(params["body"]) for address in self._refused):
            return None
        error = {"Error": {"Code": code, "Message": "disturbed"}, "ResponseMetadata": {}}
        return AWSResponse("disturbed", 400, {}, None), error

    def _after(self, parsed: Any, context: Any, **_: object) -> None:
        sent = context["portico_mail"]
        for mail in self.mails[-1:]:
            # Of two forms moto keeps the other one.
            if mail.id == parsed.get("MessageId"):
                mail.body, self.pages[mail.id] = sent["Message.Body.Text.Data"], sent["Message.Body.Html.Data"]
        if self._lost:
            self._lost -= 1
            raise ReadTimeoutError(endpoint_url="lost")

    def close(self, events: Any) -> None:
        events.unregister("before-call.ses.SendEmail", self._before)
        events.unregister("after-call.ses.SendEmail", self._after)
