"""Getting back in: recovery by a mailed link, and the helpdesk's cases (CRD-4, CRD-5)."""
