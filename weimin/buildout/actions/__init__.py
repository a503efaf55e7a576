"""Every write of the build-out, by verb family; importing this package registers them."""

from weimin.buildout.actions import lifecycle, planning

__all__ = ["lifecycle", "planning"]
