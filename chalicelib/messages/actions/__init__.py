"""What people do with messages (MSG-1..MSG-11)."""
