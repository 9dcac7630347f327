"""How practices come aboard: organizations, nominations, waves, successors (ORG-1, ORG-2, ORG-4, ORG-9)."""
