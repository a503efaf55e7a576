"""Which posts read the pages of institutions: those of health care, and who answers for the district's plan."""

READERS = ("health_bureau", "institution", "doctor", "hospital", "leader", "lead_office")
