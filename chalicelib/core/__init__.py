"""Mechanisms that know no feature: the five doors and what they stand on."""
