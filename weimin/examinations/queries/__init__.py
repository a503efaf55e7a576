"""Every read of this room; each starts at what the actor may see."""
