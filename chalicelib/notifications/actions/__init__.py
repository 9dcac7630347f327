"""Sending notices: once, and only to whom they still concern at the moment of sending (NOT-3)."""
