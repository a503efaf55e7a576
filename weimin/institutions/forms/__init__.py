"""The shape of input, by kind of work."""
