"""The shape of input for residents, households, groups and life events."""
