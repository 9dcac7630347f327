"""Which event and which deadline wakes which code: `outbox`, `housekeeping` and `long_work`, a page each.

Each is a Lambda function of its own, and imports what that one needs.
"""
