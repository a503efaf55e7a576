"""Every write of this room, one module for each kind of work."""

from weimin.health.actions import care, checks, measuring, ordering, parameters, records, returning, self_care, visits

__all__ = ["care", "checks", "measuring", "ordering", "parameters", "records", "returning", "self_care", "visits"]
