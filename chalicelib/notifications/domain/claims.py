"""Rules of sending a notice once, and not too many to anybody (S-MAIL-04, S-MAIL-06)."""

from datetime import timedelta

# A sender that died holds a notice this long; then another may take it over, which is the one possible repeat. Longer
# than the notifier may run (three minutes), so that nobody who is alive loses one.
CLAIM_HELD = timedelta(minutes=4)
# Longer than a queue keeps a message (14 days) and a redrive from the dead letters may take (S-MAIL-06).
REMEMBERED = timedelta(days=45)

# Form of the name of an hour or a day, how long it lasts, and how many mails of a category about accounts an
# address gets in it (S-MAIL-04): nobody can be flooded by somebody who registers or presses a button again and again.
MOST_MAILS = (("%Y-%m-%dT%H", timedelta(hours=1), 5), ("%Y-%m-%d", timedelta(days=1), 20))
