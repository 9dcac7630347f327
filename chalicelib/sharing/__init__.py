"""Signs that several people use one sign-in (ACC-10): advice to them and their administrators, never a lock."""
