"""Every write on sites, by verb family; importing this package registers them."""

from weimin.sites.actions import contents, facts, state

__all__ = ["contents", "facts", "state"]
