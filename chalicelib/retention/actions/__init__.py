"""Verbs of retention: holds, deletion, what is taken out for the record."""
