"""Routes of retention: legal holds, certificates of deletion, exports for the record."""
