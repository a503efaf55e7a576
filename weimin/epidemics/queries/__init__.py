"""Every read of this room, a module for each page."""
