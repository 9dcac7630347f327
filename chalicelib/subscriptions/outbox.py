"""Which event goes to which queues (architecture: the events door).

Each queue has one handler, which lists the events it knows. Queues are named here as their handlers name them; the
tests compare. Nothing is imported from there, as the carrier of the outbox needs none of it.
"""

from chalicelib.core import events

ACCOUNTS = "accounts"
ENROLLMENT = "enrollment"
INSPECTIONS = "inspections"
RELEASES = "attachments"
LONG_WORK = "work"
NOTIFICATIONS = "notifications"

SUBSCRIPTIONS: events.Subscriptions = {
    "access.requested": (NOTIFICATIONS,),
    "address.mended": (NOTIFICATIONS,),
    "address.stopped": (NOTIFICATIONS,),
    "administrators.changed": (NOTIFICATIONS, ENROLLMENT),
    "device.new": (NOTIFICATIONS,),
    "directory.requested": (NOTIFICATIONS, ENROLLMENT),
    "email.change_requested": (NOTIFICATIONS,),
    "email.changed": (NOTIFICATIONS,),
    "executive.mended": (NOTIFICATIONS,),
    "executive.stopped": (NOTIFICATIONS,),
    "factor.changed": (NOTIFICATIONS,),
    "inactivity.lapsed": (NOTIFICATIONS,),
    "inactivity.warned": (NOTIFICATIONS,),
    "member.accepted": (ENROLLMENT,),
    "member.access_changed": (ENROLLMENT,),
    "member.invited": (NOTIFICATIONS, ENROLLMENT),
    "member.registered": (NOTIFICATIONS,),
    "member.rejected": (NOTIFICATIONS,),
    "member.unreachable": (NOTIFICATIONS,),
    "message.delivered": (NOTIFICATIONS,),
    "message.misdirected": (NOTIFICATIONS,),
    "message.sent": (NOTIFICATIONS,),
    "nomination.approved": (NOTIFICATIONS, ENROLLMENT),
    "nomination.opened": (ENROLLMENT,),
    "nomination.reminded": (NOTIFICATIONS,),
    "nomination.requested": (NOTIFICATIONS,),
    "nomination.returned": (NOTIFICATIONS, ENROLLMENT),
    "nomination.sent": (NOTIFICATIONS, ENROLLMENT),
    "nomination.signed": (NOTIFICATIONS, ENROLLMENT),
    "nomination.withdrawn": (ENROLLMENT,),
    "notice_address.changed": (NOTIFICATIONS,),
    "notice_address.requested": (NOTIFICATIONS,),
    "onboarding.chased": (NOTIFICATIONS,),
    "organization.closed": (NOTIFICATIONS, ENROLLMENT),
    "organization.enrolled": (ENROLLMENT,),
    "organization.without_administrator": (NOTIFICATIONS, ENROLLMENT),
    "password.changed": (NOTIFICATIONS,),
    "password.expiring": (NOTIFICATIONS,),
    "password_reset.requested": (NOTIFICATIONS,),
    "questions.changed": (NOTIFICATIONS,),
    "recovery.started": (NOTIFICATIONS,),
    "registration.requested": (ACCOUNTS,),
    "reset_case.confirmed": (NOTIFICATIONS,),
    "reset_case.opened": (NOTIFICATIONS,),
    "review.called": (NOTIFICATIONS,),
    "review.overdue": (NOTIFICATIONS,),
    "review.reminded": (NOTIFICATIONS,),
    "session.displaced": (NOTIFICATIONS,),
    "sharing.noticed": (NOTIFICATIONS,),
    "sharing.raised": (NOTIFICATIONS,),
    "sign_in.after_absence": (NOTIFICATIONS,),
    "sign_in.blocked": (NOTIFICATIONS,),
    "staff.invited": (NOTIFICATIONS,),
    "staff.lapsed": (NOTIFICATIONS,),
    "staff_review.reminded": (NOTIFICATIONS,),
    "staff.unreachable": (NOTIFICATIONS,),
    "upload.cleared": (INSPECTIONS,),
    "upload.finalized": (RELEASES,),
    "work.continued": (LONG_WORK,),
    "work.started": (LONG_WORK,),
}

# Stands for the stream of the short-lived table; the packaged template puts the real ARN here by reference.
OUTBOX_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/shortlived/stream/outbox"
