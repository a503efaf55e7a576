"""Pages of epidemic control, by kind of work."""
