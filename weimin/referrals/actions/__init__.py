"""Every write of this room."""

from weimin.referrals.actions import answering, pairing, returning, sending

__all__ = ["answering", "pairing", "returning", "sending"]
