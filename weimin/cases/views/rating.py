"""What residents think of the service: the list with its rates, one rating, what is done about a bad one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.cases.models import PURPOSE, Rating, RatingState
from weimin.cases.queries import rating as queries
from weimin.cases.rules_rating import CHANNELS, GRADES, TAGS
from weimin.flows.models import Step
from weimin.flows.rules import lamp_of
from weimin.indicators.queries import value
from weimin.regions.fields import townships
from weimin.trail.record import record
from weimin.ui.tables import Column
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request
from weimin.walls.tenancy import here

COLUMNS = [
    Column(_("事项"), "item", url="url", hint="case", main=True),
    Column(_("评价"), "grade", kind="tag"),
    Column(_("方面"), "tags", minor=True),
    Column(_("意见"), "words"),
    Column(_("乡镇"), "township", hint="village"),
    Column(_("渠道"), "channel", minor=True),
    Column(_("日期"), "at", kind="day"),
    Column(_("进展"), "state", kind="tag"),
    Column(_("整改期限"), "mend_by", kind="day"),
]
EXPORTED = [
    ("item", _("事项")), ("case", _("办件编号")), ("grade_words", _("评价")), ("tags", _("方面")), ("words", _("意见")), ("township", _("乡镇")),
    ("village", _("村（社区）")), ("channel", _("渠道")), ("at", _("日期")), ("state_words", _("进展")), ("mend_by", _("整改期限")),
]  # fmt: skip
GRADE_CHOICES = [("bad", _("差评（不满意和非常不满意）")), *((str(grade), label) for grade, label in GRADES.items())]
RATES = [("cases.satisfaction", _("办件满意率")), ("cases.ratings_mended", _("差评按期整改率"))]


def rates(actor: Actor) -> list[tuple[Any, Any]]:
    """The stored figures of the range; nothing is computed a second way."""
    today = timezone.now().astimezone(ZONE).date()
    return [(label, value(actor, code, actor.low, actor.high, today)) for code, label in RATES]


@require_GET
@signed_in
def ratings(request: Request) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives what is shown as a workbook, and leaves a trail."""
    actor, chosen = request.actor, request.GET.dict()
    if not actor.has_purpose(PURPOSE):
        raise NotAllowed()
    rows = queries.filter_ratings(actor, chosen)
    if chosen.get("excel"):
        return exported(request, rows)
    page = queries.page_of_ratings(rows, chosen.get("cursor", ""))
    context = {
        "columns": COLUMNS, "rows": queries.lines(actor, page.rows), "page": page, "chosen": chosen, "townships": townships(actor), "grades": GRADE_CHOICES,
        "states": RatingState.choices, "rates": rates(actor),
    }  # fmt: skip
    return render(request, "cases/ratings.html", context)


def exported(request: Request, rows: Any) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    record(actor, "cases.ratings", subject_type=Rating._meta.label_lower, subject_id=None, region=max(actor.low, here().code), now=now, reason=_now("导出"))
    lines = [[row[key] for key, _label in EXPORTED] for row in queries.rows_for_export(actor, rows)]
    return workbook([(key, str(label)) for key, label in EXPORTED], lines, title=str(_("群众评价")), name=actor.name, post=request.seat.label, now=now)


@require_GET
@signed_in
def rating_page(request: Request, number: int) -> HttpResponse:
    """One rating: the grade and the words for everybody who handles cases; who gave a bad one for the desk that calls back."""
    actor = request.actor
    try:
        rating = queries.get_rating(actor, number)
    except Rating.DoesNotExist:
        raise NotVisible() from None
    step = Step.objects.visible_to(actor).filter(subject_type=Rating._meta.label_lower, subject_id=rating.pk, closed_at__isnull=True).first()
    context = {
        "rating": rating, "grade": GRADES[rating.grade], "kind": queries.KIND_OF_GRADE[rating.grade], "state_kind": queries.KIND_OF_STATE[rating.state],
        "tags": [TAGS[tag] for tag in rating.tags if tag in TAGS], "channel": CHANNELS.get(rating.channel, rating.channel),
        "rater": queries.rater_of(actor, rating), "place": queries.place_of(actor, rating), "lamp": lamp_of(step, timezone.now(), calendar_for(step.region)) if step else None, "events": history_of(actor, rating),
        "stages": stages(rating),
    }  # fmt: skip
    return render(request, "cases/rating.html", context)


def stages(rating: Rating) -> list[tuple[Any, str, Any, str]]:
    """What was done about a bad one so far: (what, who, when, words)."""
    done = [
        (_("核实"), rating.contacted_by, rating.contacted_at, rating.contact_note), (_("申诉"), "", None, rating.appeal),
        (_("申诉答复"), "", None, rating.appeal_answer), (_("整改"), rating.mended_by, rating.mended_at, rating.mending),
        (_("回访"), rating.called_back_by, rating.called_back_at, rating.call_back_note),
    ]  # fmt: skip
    return [row for row in done if row[3]]
