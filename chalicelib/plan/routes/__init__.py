"""What everybody may know about the plan, and what its administrators keep."""
