"""One valid use of each action of this room, a module for each family."""
