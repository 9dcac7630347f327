"""What people and staff do to get somebody back in, one verb each."""
