"""The indicators of health: every one for a place, the places below, the doctors of a village and the persons behind a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.health import counted
from weimin.health.indicators import BEHIND
from weimin.health.models.states import PURPOSE
from weimin.health.standards import Standard, standard
from weimin.indicators.registry import INDICATORS
from weimin.regions.queries import names
from weimin.regions.rules import Level, level, range_of
from weimin.residents.models import Resident
from weimin.secrets.masking import mask
from weimin.trail.record import record
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request
from weimin.walls.tenancy import here

MAY_SEE_PERSONS = ("doctor", "institution")
FIRST = "health.record_rate"
EXPORTED = [("name", _("姓名")), ("gender", _("性别")), ("born", _("出生年份")), ("village", _("村（社区）")), ("phone", _("联系电话"))]


def place_of(actor: Actor, text: str) -> int:
    """The place asked for when it lies inside the post's range; else the widest place of the post."""
    own = here().code if actor.high - actor.low >= 10**6 - 1 else actor.low
    asked = int(text) if text.isdecimal() and len(text) == len(str(own)) else own
    return asked if max(actor.low, own) <= asked <= actor.high and range_of(asked)[1] <= actor.high else own


def estimate_of(code: str, on: date) -> Standard | None:
    """What the denominator rests on, where it is an estimate: `share`, its source, and whether it still has to be confirmed."""
    disease = code.removeprefix("health.").removesuffix("_managed")
    found = standard("prevalence", on)
    if disease not in dict(found.values) or not code.endswith("_managed"):
        return None
    return replace(found, values=(("share", found.figure(disease)),), unsure=found.unsure & {disease})


def persons(actor: Actor, rows: list[Resident]) -> list[dict[str, Any]]:
    """As lists show people: masked for the role, the year of birth instead of the day."""
    known = names({row.region for row in rows})
    return [
        {
            "pk": row.pk, "name": mask("name", row.name, actor.role), "gender": row.get_gender_display(), "born": row.birth_on.year,
            "village": known[row.region], "phone": mask("phone", row.phone or "", actor.role),
        }
        for row in rows
    ]  # fmt: skip


@require_GET
@never_cache
@signed_in
def indicators(request: Request) -> HttpResponse:
    """?place and ?code choose; persons are listed in a village, for who cares for them; ?excel=1 gives them as a workbook."""
    actor, chosen = request.actor, request.GET
    if not actor.has_purpose(PURPOSE):
        raise NotAllowed()
    code = chosen.get("code", FIRST) if chosen.get("code") in BEHIND else FIRST
    place, on, reached = place_of(actor, chosen.get("place", "")), timezone.localdate(), chosen.get("reached") == "yes"
    in_village = level(place) == Level.VILLAGE
    listed = in_village and actor.role in MAY_SEE_PERSONS
    if chosen.get("excel"):
        return exported(request, code, place, reached, listed)
    after = int(chosen["after"]) if chosen.get("after", "").isdecimal() and len(chosen["after"]) < 19 else 0
    rows = counted.people(code, place, on, reached=reached, after=after) if listed else []
    more = rows[counted.AT_ONCE - 1].pk if len(rows) > counted.AT_ONCE else 0
    context = {
        "place": place, "place_name": names([place])[place], "known": INDICATORS[code], "lines": counted.figures(actor, place), "reached": reached,
        "below": [] if in_village else counted.below(actor, code, place), "doctors": counted.doctors(code, place, on) if in_village else [],
        "estimate": estimate_of(code, on), "institutions": [] if in_village else counted.institutions(actor, code, place, on),
        "listed": listed, "people": persons(actor, rows[: counted.AT_ONCE]), "more": more,
    }  # fmt: skip
    return render(request, "health/indicators.html", context)


def exported(request: Request, code: str, place: int, reached: bool, listed: bool) -> HttpResponse:
    """The persons behind a figure, masked; who took them out is on the trail."""
    if not listed:
        raise NotAllowed()
    actor, now = request.actor, timezone.now()
    rows = persons(actor, counted.people(code, place, timezone.localdate(now), reached=reached, limit=counted.MOST_EXPORTED))
    after = {"indicator": code, "reached": reached, "rows": len(rows)}
    record(actor, "health.indicator_persons", subject_type=Resident._meta.label_lower, subject_id=None, region=place, now=now, after=after, reason=_now("导出"))
    lines = [[row[key] for key, _label in EXPORTED] for row in rows]
    title = str(INDICATORS[code].label)
    return workbook([(key, str(label)) for key, label in EXPORTED], lines, title=title, name=actor.name, post=request.seat.label, now=now)
