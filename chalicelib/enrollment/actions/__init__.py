"""What enrollment staff, executives and clocks do."""
