"""Every write of this room, by verb family; importing this package registers them."""

from weimin.institutions.actions import bulletins, inspections, profile, ratings, standing

__all__ = ["bulletins", "inspections", "profile", "ratings", "standing"]
