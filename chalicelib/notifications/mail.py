"""Mail by SES: fixed templates of the catalogue, one recipient, nothing that a user typed (NOT-2, S-MAIL-01)."""

from botocore.exceptions import ClientError

from chalicelib.core import aws, config, texts, writing
from chalicelib.notifications import forms
from chalicelib.notifications.store import stops


class NotSent(Exception):
    """SES refused the mail, so it did not go out. After any other failure it may have."""


class Stopped(Exception):
    """No mail goes to this address any more (NOT-4)."""


class Throttled(NotSent):
    """SES took nothing because too much came at once: no fault of this mail's."""


# What SES says beyond the rate of the account, and beyond what it takes in a day.
_TOO_MUCH = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException", "LimitExceededException"})


def send(address: str, language: texts.Language, template: str, **places: object) -> None:
    """Send the template `mail.<template>.subject` and `.text`; `{portal}` in it is where to sign in.

    Raises Stopped, NotSent, or whatever else kept SES from answering; after the last two the queue tries again.
    """
    require_open(address)
    settings = config.current()
    events = {"ConfigurationSetName": settings.mail_configuration_set} if settings.mail_configuration_set else {}
    letter = forms.letter(language, template, {"portal": settings.origin, **places})
    try:
        aws.ses().send_email(
            Source=settings.mail_from,
            Destination={"ToAddresses": [writing.mailed(address)]},
            Message={
                "Subject": _written(letter.subject),
                "Body": {"Text": _written(letter.text), "Html": _written(letter.html)},
            },
            **events,
        )
    except ClientError as error:
        refusal = Throttled if error.response["Error"]["Code"] in _TOO_MUCH else NotSent
        raise refusal from error


def require_open(address: str) -> None:
    """Raise Stopped for an address that gets no mail: before a link is made for it, which would end an earlier one."""
    if stops.among([address]):
        raise Stopped


def _written(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
