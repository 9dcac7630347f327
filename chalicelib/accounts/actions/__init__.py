"""What is done with accounts: members, the roster, registrations, access requests."""
