"""One case: life line, what is next, papers, what happened, trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.queries import attachments_of
from weimin.attachments.subjects import subject_for
from weimin.calendars.queries import calendar_for
from weimin.cases.clocks import lamp_of
from weimin.cases.flow import case_url
from weimin.cases.items import content_of
from weimin.cases.models import Case, Extension, JointReview
from weimin.cases.queries import beside
from weimin.cases.queries import page as queries
from weimin.flows.queries import history_of as steps_of
from weimin.flows.queries import is_watched
from weimin.flows.rules import lamp_of as step_lamp
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.secrets.masking import mask
from weimin.ui.formats import iso_day
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

NEXT = {
    "received": ("cases.accept", "cases.finish", "cases.tell_missing", "cases.decline", "cases.deem_accepted"),
    "supplement": ("cases.supplement", "cases.lapse", "cases.decline"),
    "review": ("cases.pass_on", "cases.tell_missing"),
    "site_check": ("cases.check_site", "cases.tell_missing"),
    "joint_review": ("cases.ask_offices", "cases.sum_up"),
    "public_notice": ("cases.post_notice", "cases.close_notice"),
    "decide": ("cases.decide", "cases.tell_missing"),
    "certificate": ("cases.make_result",),
    "deliver": ("cases.deliver", "cases.send_online", "cases.tell_ready"),
    "delivered": ("cases.settle", "cases.reopen"),
}
BESIDE = ("cases.send_back", "cases.transfer", "cases.pause", "cases.resume", "cases.ask_extension", "cases.withdraw")


@require_GET
@signed_in
def case_page(request: Request, number: int) -> HttpResponse:
    """Whatever the case went through, the same number of queries."""
    actor, now = request.actor, timezone.now()
    try:
        case = queries.get_case(actor, number)
    except Case.DoesNotExist:
        raise NotVisible() from None
    steps, parts = steps_of(case), queries.parts_of(actor, case)
    known = names({case.region, township_of(case.region)})
    step = queries.open_step_of(steps)
    context = {
        "case": case, "content": content_of(case), "stages": queries.life_line(case), "steps": steps, "open_step": step, "lamp": lamp_of(case, now), "step_lamp": step_lamp(step, now, calendar_for(case.region)) if step else None,
        "papers": queries.papers_of(actor, case), "parts": parts, "watched": is_watched(actor, case) if step else False, "actions": actions_of(case, parts),
        "beside": BESIDE if case.is_open else (), "village": known[case.region], "township": known[township_of(case.region)], "facts": facts_of(request, case),
        "limits": limits_of(case), "events": history_of(actor, case), "bundle": queries.bundle_of(actor, case),
        "files": attachments_of(actor, "cases.case", case.pk), "subject": subject_for("cases.case", case),
        **beside.of_case(actor, case, parts),
    }  # fmt: skip
    return render(request, "cases/case.html", context)


def actions_of(case: Case, parts: dict[str, list[Any]]) -> list[str]:
    """What is next in this state; an instant item offers to finish it, a promised paper offers to be handed in."""
    found = list(NEXT.get(case.state, ()))
    if case.lenient_due_on and case.is_open:
        found += ["cases.fulfil", "cases.lapse"] if "cases.lapse" not in found else ["cases.fulfil"]
    if case.state in ("delivered", "archived") and any(row.way == "post" and row.arrived_on is None for row in parts["delivery"][-1:]):
        found.append("cases.post_arrived")
    return [name for name in found if name != "cases.finish" or content_of(case).handling == "instant"]


def facts_of(request: Request, case: Case) -> list[tuple[Any, Any]]:
    role = request.actor.role
    return [
        (_("申请人"), case.applicant_name), (_("证件号码"), mask("id_number", case.applicant_id_number or "", role)),
        (_("联系电话"), mask("phone", case.applicant_phone or "", role)), (_("住址"), mask("address", case.address, role)), (_("单位名称"), case.organisation),
        (_("申请方式"), case.get_channel_display()), (_("收件"), f"{case.received_by} {timezone.localtime(case.received_at):%Y-%m-%d %H:%M}"), (_("情况说明"), case.note),
    ]  # fmt: skip


def limits_of(case: Case) -> list[tuple[Any, Any]]:
    """Both limits, with what runs before acceptance."""
    rows: list[tuple[Any, Any]] = []
    if case.accepted_at is None and case.tell_by_at and case.told_at is None and case.is_open:
        rows.append((_("一次告知期限"), f"{timezone.localtime(case.tell_by_at):%Y-%m-%d %H:%M}"))
    if case.accepted_at:
        rows.append((_("受理"), f"{timezone.localtime(case.accepted_at):%Y-%m-%d %H:%M}"))
    rows += [(_("承诺办结"), case.due_on), (_("法定办结"), case.legal_due_on), (_("补正期限"), case.supplement_by), (_("容缺补齐期限"), case.lenient_due_on)]
    rows.append((_("确认期限"), case.settles_on if case.state == "delivered" else None))
    return [(label, iso_day(value) if isinstance(value, date) else value) for label, value in rows if value]


@require_GET
@signed_in
def review_page(request: Request, number: int) -> HttpResponse:
    """A step of an office leads here; it is shown on the page of its case."""
    return to_case(request, JointReview, number, "reviews")


@require_GET
@signed_in
def extension_page(request: Request, number: int) -> HttpResponse:
    return to_case(request, Extension, number, "extensions")


def to_case(request: Request, model: Any, number: int, anchor: str) -> HttpResponse:
    found = model.objects.visible_to(request.actor).filter(pk=number).first()
    if found is None:
        raise NotVisible()
    return HttpResponseRedirect(f"{case_url(found.case_id)}#{anchor}")
