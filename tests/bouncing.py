"""SES tells what became of a mail: its events, with made-up mails."""

from datetime import datetime

from app import app
from local import functions, mail_results
from local.mail_results import Result
from tests.world import Account


def stop(account: Account, at: datetime) -> Account:
    """Mail to the address they sign in with came back."""
    tell(account.user.email, "bounced", at)
    return account


def tell(address: str, result: Result, sent_at: datetime, at: datetime | None = None) -> None:
    """What became of a mail to an address, heard at `at`, else at once."""
    mail = {"id": "mail-1", "to": [address], "sent_at": sent_at.isoformat()}
    functions.call(app, "record_mail_result", mail_results.event(mail, result, at or sent_at))
