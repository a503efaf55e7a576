"""The shape of input, a module for each kind of work."""
