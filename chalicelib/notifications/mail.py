"""Mail by SES: fixed templates of the catalogue, one recipient, nothing that a user typed (NOT-2, S-MAIL-01)."""

from botocore.exceptions import ClientError

from chalicelib.core import aws, config, texts, writing


class NotSent(Exception):
    """SES refused the mail, so it did not go out. After any other failure it may have."""


def send(address: str, language: texts.Language, template: str, **places: object) -> None:
    """Send the template `mail.<template>.subject` and `.text`; `{portal}` in it is where to sign in.

    Raises NotSent, or whatever else kept SES from answering; the queue then tries again.
    """
    settings = config.current()
    filled = {"portal": settings.origin, **places}
    try:
        aws.ses().send_email(
            Source=settings.mail_from,
            Destination={"ToAddresses": [writing.mailed(address)]},
            Message={
                "Subject": {"Data": texts.text(language, f"mail.{template}.subject", **filled), "Charset": "UTF-8"},
                "Body": {"Text": {"Data": texts.text(language, f"mail.{template}.text", **filled), "Charset": "UTF-8"}},
            },
        )
    except ClientError as error:
        raise NotSent from error
