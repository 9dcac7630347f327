"""How long messages are kept, legal holds, deletion, and what is taken out for the record (MSG-10)."""
