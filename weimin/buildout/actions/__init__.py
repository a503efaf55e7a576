"""Every write of the build-out, by verb family; importing this package registers them."""

from weimin.buildout.actions import lifecycle, money, planning, pressure

__all__ = ["lifecycle", "money", "planning", "pressure"]
