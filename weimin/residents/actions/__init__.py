"""Every write of the room."""

from weimin.residents.actions import duplicates, events, groups, households, people, transfers, visits

__all__ = ["duplicates", "events", "groups", "households", "people", "transfers", "visits"]
