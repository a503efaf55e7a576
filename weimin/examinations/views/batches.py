"""A batch on its day: who came, one tap to the form; its list and the sheets on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.actions.queries import button_for
from weimin.examinations.models import Batch
from weimin.examinations.papers import LIST_COLUMNS, feedback_paper, invitation_paper, invitation_rows
from weimin.examinations.queries.examinations import standing_of
from weimin.examinations.queries.plans import get_batch, people_of_batch
from weimin.examinations.views.plans import KINDS
from weimin.health.views.records import for_health
from weimin.papers.answers import paper_answer
from weimin.regions.queries import names
from weimin.residents.rules_groups import age_on
from weimin.trail.record import record
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken, seen
from weimin.walls.request import Request

TICKED = ("invited", "came", "absent")


def batch_of(actor: Actor, number: int) -> Batch:
    return seen(get_batch, actor, number)


@require_GET
@signed_in
def batch_page(request: Request, number: int) -> HttpResponse:
    """Ticks for who came, saved at once; the form of the examination and a refusal are one tap from each name."""
    actor, now = for_health(request), timezone.now()
    batch = batch_of(actor, number)
    rows = people_of_batch(actor, batch)
    known = names({row.region for row in rows} | {batch.region})
    button = button_for("examinations.check_in", actor, batch, now)
    people = [
        {
            "row": row, "resident": row.record.resident, "age": age_on(row.record.resident.birth_on, batch.on), "village": known[row.region],
            "kind": KINDS[row.state], "ticks": row.state in TICKED, "came": row.state == "came",
        }
        for row in rows
    ]  # fmt: skip
    context = {
        "batch": batch, "plan": batch.plan, "place": known[batch.region], "people": people, "key": new_key(), "may_tick": button is not None and not button.reason,
        "why_not": button.reason if button else "", "count": len(rows), "examined": sum(row.state == "examined" for row in rows),
        "came": sum(row.state in ("came", "examined") for row in rows), "may_examine": button is not None,
    }  # fmt: skip
    return render(request, "examinations/batch.html", context)


@require_GET
@never_cache
@signed_in
def invitation_list(request: Request, number: int, ending: str) -> HttpResponse:
    """The list of a batch as docx, PDF or Excel; who took it out is on the trail."""
    actor, now = for_health(request), timezone.now()
    batch = batch_of(actor, number)
    people = people_of_batch(actor, batch)
    known = names({row.region for row in people})
    if ending not in ("docx", "pdf", "xlsx"):
        raise NotVisible()
    record(
        actor, "examinations.invitation_list", subject_type=Batch._meta.label_lower, subject_id=batch.pk, region=batch.region, now=now,
        after={"rows": len(people), "kind": ending}, reason=_now("导出"),
    )  # fmt: skip
    if ending == "xlsx":
        title = f"{batch.plan.title}邀请名单"  # text: data
        rows = invitation_rows(actor, batch, people, known)
        return workbook(
            [(label, label) for label in LIST_COLUMNS[:-1]], [row[:-1] for row in rows], title=title, name=actor.name, post=request.seat.label, now=now
        )
    return paper_answer(lambda: invitation_paper(actor, batch, people, known), ending, f"invitations-{batch.pk}")


@require_GET
@never_cache
@signed_in
def feedback_sheets(request: Request, number: int) -> HttpResponse:
    """The sheets of everybody of a batch who was examined, one after the other."""
    actor, now = for_health(request), timezone.now()
    batch = batch_of(actor, number)
    rows = standing_of(actor, batch)
    if not rows:
        raise RuleBroken(_now("这一批还没有人体检。"))
    record(
        actor, "examinations.feedback", subject_type=Batch._meta.label_lower, subject_id=batch.pk, region=batch.region, now=now, after={"rows": len(rows)},
        reason=_now("打印"),
    )  # fmt: skip
    return paper_answer(lambda: feedback_paper(rows, timezone.localdate(now)), "pdf", f"sheets-{batch.pk}")
