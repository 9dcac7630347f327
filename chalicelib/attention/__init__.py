"""What needs somebody's attention, of all features together (NOT-5)."""
