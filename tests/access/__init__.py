"""Who may do what, as one data file: the matrix, the page made of it, the test of every cell (S-AZ-01)."""
