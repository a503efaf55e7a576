"""Every write of the build-out, by verb family; importing this package registers them."""

from weimin.buildout.actions import acceptance, existing, lifecycle, money, planning, pressure, publicity, siting

__all__ = ["acceptance", "existing", "lifecycle", "money", "planning", "pressure", "publicity", "siting"]
