"""What each party owes, as rows with their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.calendars.clock import Limit, due
from weimin.calendars.queries import calendar_for
from weimin.epidemics.flow import MEASURE
from weimin.epidemics.models import Measure, MeasureState, Outbreak, Party
from weimin.epidemics.parameters import measures_for
from weimin.flows.steps import open_step
from weimin.ui.language import in_chinese

DESKS = {"school": "school", "community": "village", "family": "doctor", "health": "institution"}


def desk_for(outbreak: Outbreak, party: str) -> str:
    """Who is to do it: a school without a reporter of its own is looked after by the institution."""
    wanted = DESKS[party]
    return "institution" if wanted == "school" and (outbreak.place is None or outbreak.place.reporter is None) else wanted


@in_chinese
def owe(outbreak: Outbreak, party: str, text: str, hours: int, now: datetime, **over: Any) -> Measure:
    """One measure with its step."""
    limit, role = Limit(hours, "hour"), desk_for(outbreak, party)
    holder = outbreak.place.reporter if role == "school" and outbreak.place else None
    end = due(limit, now, calendar_for(outbreak.region)).at
    measure = Measure.objects.create(region=outbreak.region, outbreak=outbreak, party=party, text=text, role=role, due_at=end, **over)
    title = _("防控措施：%(text)s") % {"text": text}
    open_step(MEASURE, MeasureState.OWED, measure, title=title, region=outbreak.region, now=now, limit=limit, role=role, holder=holder)
    return measure


def owe_measures(outbreak: Outbreak, now: datetime) -> list[Measure]:
    """The measures of the disease; what is for schools is left out where no school is concerned."""
    wanted = [one for one in measures_for(outbreak.disease, timezone.localdate(now)) if outbreak.place_id or one.party != Party.SCHOOL]
    return [owe(outbreak, one.party, one.text, one.hours, now) for one in wanted]
