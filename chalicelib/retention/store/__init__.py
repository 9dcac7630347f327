"""Items of retention: holds, certificates, how far the deletion has come."""
