"""Filed lists take the stamped paper."""

from __future__ import annotations

from weimin.attachments.subjects import register_subject
from weimin.staffing.queries import get_filing

register_subject("staffing.filing", find=get_filing, kinds=("document", "scan"))
