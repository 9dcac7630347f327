"""What the routes of the Message Center have in common."""

from chalicelib.core.access import members, staff

READERS = members() | staff("department_agent")
