"""The Chalice app: a table of contents. It hands the door its authenticator and includes each feature."""

import gc

# What is imported stays. Looking for garbage in it again and again would cost a tenth of every cold start.
gc.disable()

from chalicelib import subscriptions
from chalicelib.accounts import handlers as accounts_handlers
from chalicelib.accounts.routes import access as access_requests
from chalicelib.accounts.routes import administrators, registrations, staff
from chalicelib.accounts.routes import files as member_files
from chalicelib.accounts.routes import members as accounts
from chalicelib.attachments import handlers as attachments_handlers
from chalicelib.attachments import routes as attachments
from chalicelib.core import api_document, work_routes
from chalicelib.core.http import Portico
from chalicelib.credentials.routes import links, profile, proofs, questions, session
from chalicelib.credentials.sessions import authenticate
from chalicelib.messages.routes import boxes, sending, threads
from chalicelib.notifications import handlers as notifications
from chalicelib.plan import routes as plan
from chalicelib.recovery.routes import cases, recoveries, set_up

app = Portico("portico", authenticate)

app.include(
    api_document.routes,
    work_routes.routes,
    plan.routes,
    accounts.routes,
    administrators.routes,
    access_requests.routes,
    staff.routes,
    member_files.routes,
    registrations.routes,
    session.routes,
    links.routes,
    questions.routes,
    profile.routes,
    proofs.routes,
    recoveries.routes,
    cases.routes,
    set_up.routes,
    attachments.routes,
    boxes.routes,
    threads.routes,
    sending.routes,
)
app.include(
    accounts_handlers.handlers,
    attachments_handlers.handlers,
    notifications.handlers,
    subscriptions.handlers,
)

gc.freeze()
gc.enable()
