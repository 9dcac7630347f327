"""What wakes the code of attachments, and the queues it hears."""

RELEASES = "attachments"
INSPECTIONS = "inspections"
