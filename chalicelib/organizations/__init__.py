"""Provider practices: facts, TIN, entitlements."""
