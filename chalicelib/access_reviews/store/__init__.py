"""Items of access reviews: decisions, how fast they are made, how an organization stands."""
