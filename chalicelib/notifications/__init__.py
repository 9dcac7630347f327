"""Telling people that something waits, and nothing else (NOT-*)."""
