"""Every write on cases."""

from weimin.cases.actions import before, clock, deciding, ending, intake, stages

__all__ = ["before", "clock", "deciding", "ending", "intake", "stages"]
