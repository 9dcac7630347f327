"""Secure messages between practices and departments (MSG-*)."""
