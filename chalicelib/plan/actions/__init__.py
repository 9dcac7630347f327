"""What people do about the plan itself, a file for each kind of thing."""
