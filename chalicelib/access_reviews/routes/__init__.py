"""Routes of access reviews."""
