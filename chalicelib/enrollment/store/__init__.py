"""Items of enrollment in the directory table (docs/data-model.md)."""
