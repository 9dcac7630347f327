"""Items of recovery: attempts of people, cases of the helpdesk."""
