"""Who sits at which window today, for the workbench of those who work in the township or the village."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.reception.models import Duty, Window
from weimin.ui.duty import SHOWN, OnDuty, roster
from weimin.walls.actor import Actor

TOWNSHIP_SPAN = 1000  # a county has hundreds of windows; its own page of centres lists them


@roster("reception.windows", label=gettext_lazy("窗口"), order=10)
def at_windows(actor: Actor, day: date) -> list[OnDuty]:
    """The windows of the range by number, the morning before the afternoon; a vacant seat says so."""
    if actor.high - actor.low >= TOWNSHIP_SPAN:
        return []
    windows = Window.objects.visible_to(actor).values("pk")
    rows = Duty.objects.visible_to(actor).filter(window__in=windows, on=day).select_related("window", "worker")
    return [line_of(row) for row in rows.order_by("window__site", "window__number", "-half")[:SHOWN]]


def line_of(row: Duty) -> OnDuty:
    place = _("%(number)d 号 %(name)s") % {"number": row.window.number, "name": row.window.name}
    return OnDuty(place, row.worker.name if row.worker else _("空缺"), str(row.get_half_display()), reverse("reception:centre", args=[row.window.site_id]))
