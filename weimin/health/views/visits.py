"""What the standard says of a visit while it is typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from weimin.accounts.guard import signed_in
from weimin.health.forms_visit import CorrectVisit, RecordVisit
from weimin.health.judging import chains_of, late, verdicts
from weimin.health.models import Care, CareState, HealthRecord, Visit
from weimin.health.views.records import as_number, for_health, record_of
from weimin.health.wording import sentences
from weimin.walls.actor import Actor
from weimin.walls.request import Request


@require_POST
@signed_in
@never_cache
def verdict(request: Request, number: int) -> HttpResponse:
    """The fragment beside the form: class, next day, referral and why, for every programme whose values are there. Nothing is stored."""
    actor, now = for_health(request), timezone.now()
    record = record_of(actor, number)
    record.open_cares = list(Care.objects.visible_to(actor).filter(record=record, state=CareState.MANAGED).order_by("pk"))  # type: ignore[attr-defined]
    old = corrected(actor, record, as_number(request.GET.get("visit", "")))
    form = CorrectVisit(request.POST, actor=actor, target=old, now=now) if old else RecordVisit(request.POST, actor=actor, target=record, now=now)
    form.is_valid()
    on = form.cleaned_data.get("on") or (old.on if old else timezone.localdate(now))
    chains = chains_of(form.cares, leave_out=old.pk) if old else chains_of(late(form.cares, on))
    said = verdicts(record, form.cares, form.cleaned_data, on, chains)
    odd = [
        str(error)
        for name in ("systolic", "diastolic", "fasting", "pulse", "temperature", "weight")
        if request.POST.get(name)
        for error in form.errors.get(name, [])
    ]
    return render(request, "health/_verdict.html", {"lines": [line(care, one) for care, one in said], "odd": odd})


def corrected(actor: Actor, record: HealthRecord, number: int) -> Visit | None:
    """The visit that is being corrected: it must not count as the one before itself."""
    old = Visit.objects.visible_to(actor).filter(record=record, pk=number).first()
    if old is not None:
        old.record = record
        old.judged_cares = [care for care in record.open_cares if care.programme in old.programmes]  # type: ignore[attr-defined]
    return old


def line(care: Care, one: Any) -> dict[str, Any]:
    kind = "bad" if one.emergency else "warn" if one.refer or one.within_days <= 30 else "ok"
    outcome = dict(care._meta.get_field("last_outcome").choices or [])[str(one.outcome)]
    return {
        "programme": care, "outcome": outcome, "kind": kind, "next_on": one.next_on, "emergency": one.emergency, "refer": one.refer, "why": sentences(one.reasons)
    }  # fmt: skip
