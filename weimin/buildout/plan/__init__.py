"""Plan files: their schema, reading, checking and arithmetic. Pure: no query, clock or request."""
