"""The mail that lets somebody set themself up again after the helpdesk's case was confirmed (CRD-5)."""

from datetime import datetime

from chalicelib.accounts import store as accounts_store
from chalicelib.core.events import Event
from chalicelib.notifications import mail
from chalicelib.notifications.actions import accounts, sending
from chalicelib.notifications.actions.sending import Notice
from chalicelib.plan import store as plan_store
from chalicelib.recovery.actions import cases
from chalicelib.recovery.domain.cases import allows, as_of
from chalicelib.recovery.store import cases as store


def send_set_up_link(event: Event, now: datetime) -> None:
    """Mail the link, to the address on file alone; hears `reset_case.confirmed`."""
    case = store.case(event.ids["case_id"])
    if case is None or not allows(as_of(case, now), "send"):
        return
    user = accounts_store.user(case.user_id)
    if not accounts.has_access(user):
        return

    def send() -> None:
        mail.require_open(user.email)
        token = cases.link(case.id, user, event.request_id, now)
        if token is not None:
            mail.send(user.email, user.language, "set_up_again", plan=plan_store.settings().name, token=token)

    # Not bounded: several people had to agree before it, and nobody can bring about many.
    notice = Notice(
        event=event, receiver=user.id, organization_id=case.organization_id, category="ACCOUNT_SECURITY", bounded=None
    )
    sending.once(notice, send, now)
