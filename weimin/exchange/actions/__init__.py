"""Every write of this room: out, and in."""

from weimin.exchange.actions import exports, imports

__all__ = ["exports", "imports"]
