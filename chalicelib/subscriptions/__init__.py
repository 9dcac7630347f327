"""Which event and which deadline wakes which code, a page each.

Events: `outbox` says who hears what, `publishing` carries it, `notification_fanout` finds what was lost. Deadlines:
`housekeeping`, `clocks`, `retention`, `recounting`. Beside them `long_work`. Each is a Lambda function of its own, and
imports what that one needs.
"""
