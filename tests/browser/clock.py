"""The server of a story: Weimin itself, with a clock that the story turns, since nobody waits a hundred days for a deadline.

Only views and jobs ask what time it is (`timezone.now()`); everything below them is told.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from weimin.config.wsgi import application

__all__ = ["application"]
_days, _now = Path(os.environ["STORY_CLOCK"]), timezone.now


def now() -> datetime:
    return _now() + timedelta(days=int(_days.read_text()))


timezone.now = now
