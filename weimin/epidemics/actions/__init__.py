"""Every write of this room, one module for each kind of work."""

from weimin.epidemics.actions import alerts, cards, contacts, emergencies, measures, places, reports

__all__ = ["alerts", "cards", "contacts", "emergencies", "measures", "places", "reports"]
