"""The plan that runs this deployment: its settings, departments and staff."""
