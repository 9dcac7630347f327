"""Access reviews: administrators confirm who still may what, every 90 days (REV-1..REV-5)."""
