"""One examination, and the sheet for the resident."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.examinations.judging import content_of, sketch
from weimin.examinations.models import Examination, FollowState
from weimin.examinations.papers import feedback_paper
from weimin.examinations.queries.examinations import get_examination
from weimin.examinations.rules_abnormal import from_data
from weimin.examinations.rules_advice import advice
from weimin.examinations.rules_form import items, missing, said, section_of
from weimin.examinations.wording import lines, sentences
from weimin.health.models import SelfCareGrade
from weimin.health.rules_self_care import grade_of
from weimin.health.standard_words import in_words, pairs_in_words
from weimin.health.standards import standard
from weimin.health.views.records import for_health
from weimin.papers.answers import paper_answer
from weimin.regions.queries import names
from weimin.trail.record import record
from weimin.walls.actor import Actor
from weimin.walls.errors import seen
from weimin.walls.request import Request

BODY_PART, ELDERLY_PART = section_of("bmi"), section_of("self_care")


def examination_of(actor: Actor, number: int) -> Examination:
    return seen(get_examination, actor, number)


def sections(row: Examination) -> list[tuple[str, list[tuple[str, str]]]]:
    """(title, lines) of what was filled in; what is computed stands at the end of its section."""
    content, found = content_of(row), dict[str, list[tuple[str, str]]]()
    by_section: dict[str, list[str]] = {}
    for one in items().values():
        by_section.setdefault(one.section, []).append(one.key)
    for title, keys in by_section.items():
        if pairs := said(content, keys):
            found[title] = pairs_in_words(pairs)
    if row.bmi is not None:
        found.setdefault(BODY_PART, []).append((_now("体质指数"), str(row.bmi)))  # text: data
    if row.self_care is not None:
        words = SelfCareGrade(grade_of(row.self_care, standard("elderly", row.on))).label
        found.setdefault(ELDERLY_PART, []).append(
            (_now("生活自理能力"), _now("%(score)d 分，%(words)s") % {"score": row.self_care, "words": words})
        )  # text: data
    return [(in_words(title), pairs) for title, pairs in found.items()]


@require_GET
@signed_in
def examination_page(request: Request, number: int) -> HttpResponse:
    """What was found first, then what the resident is told, then the whole form."""
    actor = for_health(request)
    row = examination_of(actor, number)
    listed, content = from_data(row.abnormal), content_of(row)
    followed = list(row.follow_ups.order_by("pk"))
    still = [one for one in followed if one.state != FollowState.CLOSED]
    gaps = missing(content, sketch(row.record, row.on), row.on)
    context = {
        "row": row, "resident": row.record.resident, "village": names([row.region])[row.region], "lines": lines(listed), "sections": sections(row),
        "advice": sentences(advice(listed, content)), "missing": [in_words(items()[key].label) for key in gaps], "events": history_of(actor, row),
        "corrected": Examination.objects.visible_to(actor).filter(corrects=row).first(), "follow_ups": followed,
        "open": still, "urgent": any(one.refer for one in still),
    }  # fmt: skip
    return render(request, "examinations/examination.html", context)


@require_GET
@never_cache
@signed_in
def feedback(request: Request, number: int) -> HttpResponse:
    """The sheet of one resident; that it was printed is on the trail."""
    actor, now = for_health(request), timezone.now()
    row = examination_of(actor, number)
    record(
        actor, "examinations.feedback", subject_type=Examination._meta.label_lower, subject_id=row.pk, region=row.region, now=now, after={"rows": 1},
        reason=_now("打印"),
    )  # fmt: skip
    return paper_answer(lambda: feedback_paper([row], timezone.localdate(now)), "pdf", f"feedback-{row.pk}")
