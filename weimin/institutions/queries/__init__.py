"""Every read of this room, each starting at what the actor may see."""
