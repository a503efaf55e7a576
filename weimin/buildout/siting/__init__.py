"""Where sites should stand: coverage solved to proven optimality. Pure: no query, clock or request."""
