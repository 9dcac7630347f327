"""Portico: the secure provider portal. One package a feature; `docs/architecture.md` says where things go."""
