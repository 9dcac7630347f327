"""Mail by SES: fixed templates of the catalogue, one recipient, nothing that a user typed (NOT-2, S-MAIL-01)."""

from botocore.exceptions import ClientError

from chalicelib.core import aws, config, texts, writing
from chalicelib.notifications import forms


class NotSent(Exception):
    """SES refused the mail, so it did not go out. After any other failure it may have."""


def send(address: str, language: texts.Language, template: str, **places: object) -> None:
    """Send the template `mail.<template>.subject` and `.text`; `{portal}` in it is where to sign in.

    Raises NotSent, or whatever else kept SES from answering; the queue then tries again.
    """
    settings = config.current()
    letter = forms.letter(language, template, {"portal": settings.origin, **places})
    try:
        aws.ses().send_email(
            Source=settings.mail_from,
            Destination={"ToAddresses": [writing.mailed(address)]},
            Message={
                "Subject": _written(letter.subject),
                "Body": {"Text": _written(letter.text), "Html": _written(letter.html)},
            },
        )
    except ClientError as error:
        raise NotSent from error


def _written(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
