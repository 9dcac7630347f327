"""Routes of enrollment, a file for each kind of thing."""
