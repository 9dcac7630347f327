"""Rules of how practices come aboard, a file for each kind of thing."""
