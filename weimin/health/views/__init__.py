"""Pages of health records, by kind of work."""
