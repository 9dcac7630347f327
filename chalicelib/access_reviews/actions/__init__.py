"""What administrators, the plan and the clock do about access reviews, one verb each."""
