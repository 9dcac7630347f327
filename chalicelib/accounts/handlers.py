"""What wakes accounts."""

from typing import Any

import msgspec
from chalice.app import SQSEvent

from chalicelib.accounts.actions import bootstrap as first
from chalicelib.accounts.actions import registrations
from chalicelib.core import bodies, clock, events, ids, open_events, texts
from chalicelib.core.errors import FieldError, Refusal
from chalicelib.core.events import Event
from chalicelib.core.http import Routes

QUEUE = "accounts"

handlers = Routes(__name__)


def _requested(event: Event) -> None:
    registrations.receive(event, clock.now())


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def receive_registrations(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `registration.requested`."""
    return events.work(event.to_dict()["Records"], {"registration.requested/1": open_events.closing(_requested)})


class Bootstrapped(msgspec.Struct, omit_defaults=True):
    """What the operator is answered."""

    done: bool
    user_id: str = ""
    """Who was mailed the registration link."""
    reason: str = ""
    """Code of the refusal: `staff_exist` when there is an account already, `invalid` for wrong fields."""
    text: str = ""
    """The same in words."""
    fields: tuple[FieldError, ...] = ()


@handlers.lambda_function(name="bootstrap")
def bootstrap(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Makes the first plan administrator, once; invoked by whoever runs the deployment (CRD-11, docs/operating.md)."""
    try:
        asked = bodies.convert(event, first.FirstAdministrator)
        answer = Bootstrapped(done=True, user_id=first.bootstrap(asked, ids.new("req"), clock.now()))
    except Refusal as refusal:
        text = texts.text("en", f"problem.{refusal.code}")
        answer = Bootstrapped(done=False, reason=refusal.code, text=text, fields=refusal.fields)
    made: dict[str, Any] = msgspec.to_builtins(answer)
    return made
