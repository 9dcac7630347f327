"""The session and how one comes to have one."""
