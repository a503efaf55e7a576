"""Every read of health records; each starts at what the actor may see."""

from weimin.health.queries.records import get_record, record_of
from weimin.health.queries.timeline import timeline

__all__ = ["get_record", "record_of", "timeline"]
