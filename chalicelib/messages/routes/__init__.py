"""The Message Center over HTTP."""
