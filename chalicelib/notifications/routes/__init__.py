"""Communication Preferences over HTTP."""
