"""The app that cold starts are measured against: one route, and nothing around it."""
