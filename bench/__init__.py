"""Measurements: what the portal costs, beside what it may cost at most."""
