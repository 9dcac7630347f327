"""The Chalice app: a table of contents. It hands the door its authenticator and names each room and its paths."""

import gc

# What is imported stays. Looking for garbage in it again and again would cost a tenth of every cold start.
gc.disable()

from chalicelib.core.http import Portico
from chalicelib.credentials.sessions import authenticate

# Modules with `routes` and the paths they serve with all below them; the longest path that fits a route is its own.
PATHS = {
    "core.api_document": "/openapi.json /health",
    "core.work_routes": "/work",
    "plan.routes.contacts": "/plan",
    "plan.routes.departments": "/departments",
    "accounts.routes.members": "/members",
    "accounts.routes.administrators": "/roster",
    "accounts.routes.access": "/access-requests /administrators /features",
    "accounts.routes.staff": "/staff",
    "accounts.routes.files": "/members/exports /member-imports",
    "accounts.routes.registrations": "/registrations",
    "credentials.routes.session": "/session /memberships",
    "credentials.routes.links": "/registrations/look /registrations/factor /registrations/complete",
    "credentials.routes.questions": "/security-questions",
    "credentials.routes.profile": "/profile /email-confirmations",
    "credentials.routes.proofs": (
        "/profile/factor /profile/password /profile/questions /profile/recovery-codes /profile/sessions"
    ),
    "notifications.routes.stops": "/profile/notices/stops /members/{}/stops /staff/{}/stops",
    "recovery.routes.recoveries": "/password-resets /recovery",
    "recovery.routes.cases": "/helpdesk /reset-cases",
    "recovery.routes.set_up": "/set-up",
    "enrollment.routes.standing": "/onboarding",
    "enrollment.routes.seats": "/organizations/{}/seat",
    "enrollment.routes.invitations": "/organizations/{}/invitations",
    "enrollment.routes.forms": "/nomination-forms",
    "enrollment.routes.nominations": "/nominations /organizations/{}/nominations",
    "enrollment.routes.requests": "/nomination-requests",
    "enrollment.routes.organizations": "/organizations",
    "enrollment.routes.changes": "/organizations/{}/changes",
    "sharing.routes": "/sharing-signals",
    "attachments.routes": "/uploads",
    "messages.routes.boxes": "/mailboxes /mailboxes/{}/messages /mailboxes/{}/messages/{}",
    "messages.routes.conversations": "/mailboxes/{}/conversations /mailboxes/{}/agents",
    "messages.routes.broadcasts": "/broadcasts",
    "messages.routes.receipts": "/mailboxes/{}/messages/{}/receipts",
    "messages.routes.threads": "/mailboxes/{}/threads",
    "messages.routes.forwarding": "/mailboxes/{}/threads/{}/messages/{}/forward",
    "messages.routes.recalling": "/mailboxes/{}/messages/{}/recall",
    "messages.routes.reports": "/misdirected /mailboxes/{}/messages/{}/misdirected",
    "messages.routes.drafts": "/mailboxes/{}/drafts",
    "retention.routes.holds": "/legal-holds",
    "retention.routes.records": "/deletions /records",
    "access_reviews.routes.reviews": "/reviews",
    "access_reviews.routes.plan": "/review-overview /review-calls /suspect-reviews",
    "access_reviews.routes.two": "/administrator-reviews",
    "access_reviews.routes.evidence": "/review-decisions /review-exports /organizations/{}/review-decisions",
    "messages.routes.sending": "/mailboxes/{}/messages /mailboxes/{}/threads/{}/replies /recipients",
    "notifications.routes.preferences": "/profile/notices /notice-address-confirmations",
    "enrollment.routes.waves": "/waves",
    "enrollment.routes.imports": "/organization-imports",
    "attention.routes": "/attention",
    "enrollment.routes.directory": "/directory /directory-requests",
    "enrollment.routes.phases": "/phases",
}
# Modules with `handlers` of events, schedules and direct calls.
WOKEN = (
    "accounts.handlers", "attachments.handlers.inspection", "attachments.handlers.releases", "enrollment.handlers",
    "notifications.handlers", "subscriptions.clocks", "subscriptions.enrollment", "subscriptions.housekeeping",
    "subscriptions.long_work", "subscriptions.notification_fanout", "subscriptions.publishing",
    "subscriptions.recounting", "subscriptions.retention",
)  # fmt: skip

app = Portico("portico", authenticate, PATHS, WOKEN)

gc.freeze()
gc.enable()
