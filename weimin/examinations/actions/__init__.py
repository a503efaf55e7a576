"""Every write of this room, one module for each kind of work."""

from weimin.examinations.actions import batches, examining, following_up, importing, invitations, plans

__all__ = ["batches", "examining", "following_up", "importing", "invitations", "plans"]
