"""Every read of the build-out; each starts at what the actor may see."""
