"""Rules of recovery: `recoveries` (by a mailed link), `cases` (by the helpdesk)."""
