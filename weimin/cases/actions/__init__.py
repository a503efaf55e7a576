"""Every write on cases."""

from weimin.cases.actions import agency, agency_change, agency_errands, before, bundles, clock, deciding, ending, handing, intake, issuing, rating, stages

__all__ = ["agency", "agency_change", "agency_errands", "before", "bundles", "clock", "deciding", "ending", "handing", "intake", "issuing", "rating", "stages"]
