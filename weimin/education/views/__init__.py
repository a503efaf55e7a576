"""Pages, by kind of work."""
