"""Routes of recovery."""
