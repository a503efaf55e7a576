"""Nightly: files that no row names (an upload that was rolled back) go after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from weimin.attachments.models import Attachment
from weimin.attachments.storage import stored_files
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

GRACE = timedelta(days=1)


def sweep(now: datetime) -> int:
    """Removes stray files of the current jurisdiction that are older than a day; how many."""
    old = [(path, sm3) for path, sm3, changed in stored_files() if changed < (now - GRACE).timestamp()]
    actor = system_actor(name="attachments.sweep")
    with entered(actor):
        wanted = {sm3 for _, sm3 in old if sm3}
        kept = set(Attachment.objects.visible_to(actor).filter(sm3__in=wanted).values_list("sm3", flat=True))
    stray = [path for path, sm3 in old if sm3 not in kept]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)
