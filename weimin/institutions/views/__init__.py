"""Pages of institutions, by kind of work."""
