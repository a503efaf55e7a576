"""Lists by what is to be done, somebody to refer, one referral with its papers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.actions.registry import get_action
from weimin.health.actions.base import CLINICIANS
from weimin.health.models import HealthRecord
from weimin.health.views.records import for_health, without_cursor
from weimin.papers.answers import paper_answer
from weimin.referrals.models import ON_THE_WAY, Direction, Lane, Referral, Urgency
from weimin.referrals.papers import sheet
from weimin.referrals.queries.listing import KINDS, cards, exported, lamps_of, lane_of, lanes, list_referrals
from weimin.referrals.queries.one import answer_of, facts_of, get_referral, stages, summary_of, way_of
from weimin.referrals.rules import followed_in_time
from weimin.regions.fields import range_top, townships, villages
from weimin.residents.queries import card_of, cards_of
from weimin.residents.rules_groups import age_on
from weimin.residents.searching import search
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.trail.record import record
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, seen
from weimin.walls.request import Request

FOUND, MOST = 30, 5000
EXPORTED = [
    ("name", _("姓名")), ("gender", _("性别")), ("township", _("乡镇")), ("village", _("村（社区）")), ("direction", _("方向")), ("urgency", _("缓急")),
    ("hospital", _("医院")), ("department", _("科室")), ("doctor", _("转诊医生")), ("state", _("状态")), ("reason", _("转诊原因")), ("impression", _("初步印象")),
    ("appointment_on", _("预约日期")), ("arrived_on", _("到院日期")), ("returned_on", _("转回日期")), ("diagnosis", _("诊断结果")), ("visit_by", _("最晚康复随访日期")),
]  # fmt: skip
HOSPITAL_ORDER = (Lane.WAITING, Lane.EXPECTED, Lane.INSIDE, Lane.BACK, Lane.RECOVERING, Lane.AGAIN, Lane.OVER)
COMMUNITY_ORDER = (Lane.BACK, Lane.AGAIN, Lane.WAITING, Lane.EXPECTED, Lane.INSIDE, Lane.RECOVERING, Lane.OVER)


@require_GET
@signed_in
def referrals(request: Request) -> HttpResponse:
    """Cards that fit a phone. A hospital begins with what waits for its answer, the community with what came back."""
    actor, chosen, now = for_health(request), request.GET.dict(), timezone.now()
    order = HOSPITAL_ORDER if actor.role == "hospital" else COMMUNITY_ORDER
    lane = lane_of(chosen, order[0])
    if chosen.get("excel"):
        return taken_out(request, chosen, lane, now)
    page, counts = list_referrals(actor, chosen, lane), lanes(actor, chosen)
    context = {
        "rows": cards(page.rows, now), "page": page, "chosen": chosen, "lane": lane, "tabs": [(str(one.value), one.label, counts.get(str(one.value))) for one in order],
        "townships": townships(actor), "villages": villages(actor, chosen), "directions": Direction.choices, "urgencies": Urgency.choices,
        "mine": actor.role != "hospital", "may_refer": may_refer(actor), "may_export": actor.role in CLINICIANS,
        "narrowed": any(chosen.get(name) for name in ("township", "village", "direction", "urgency", "doctor")), "filters": without_cursor(request),
    }  # fmt: skip
    return render(request, "referrals/referrals.html", context)


def taken_out(request: Request, chosen: dict[str, str], lane: str, now: datetime) -> HttpResponse:
    """A lane as a workbook, for posts that treat people; who took it out is on the trail."""
    actor = request.actor
    if actor.role not in CLINICIANS:
        raise NotAllowed()
    rows = exported(actor, chosen, lane, MOST)
    after = {"lane": lane, "rows": len(rows)}
    record(
        actor, "referrals.export", subject_type=Referral._meta.label_lower, subject_id=None, region=range_top(actor), now=now, after=after, reason=_now("导出")
    )
    mark = watermark(actor.name, request.seat.label, now)
    return workbook(export([(key, str(label)) for key, label in EXPORTED], rows, title=str(_("双向转诊")), watermark=mark), "referrals")


def may_refer(actor: Actor) -> bool:
    return any(get_action(name).allows(actor) for name in ("referrals.refer_up", "referrals.refer_down"))


@require_GET
@signed_in
def people(request: Request) -> HttpResponse:
    """Residents by name, pinyin or number, with a button each: also those without a health record."""
    actor, text = for_health(request), request.GET.get("text", "").strip()
    found = search(actor, text, FOUND) if text else []
    files = HealthRecord.objects.visible_to(actor).filter(resident__in=found).in_bulk(field_name="resident_id") if found else {}
    sent = set(Referral.objects.visible_to(actor).filter(resident__in=found, state__in=ON_THE_WAY).values_list("resident_id", flat=True)) if found else set()
    rows = []
    for resident, card in zip(found, cards_of(actor, found), strict=True):
        resident.file = files.get(resident.pk)  # type: ignore[attr-defined]  # what the button asks about
        resident.on_the_way = resident.pk in sent  # type: ignore[attr-defined]
        rows.append({"resident": resident, "card": card, "age": age_on(resident.birth_on, timezone.localdate())})
    return render(request, "referrals/people.html", {"text": text, "rows": rows, "full": len(found) >= FOUND, "most": FOUND})


def find(actor: Actor, number: int) -> Referral:
    return seen(get_referral, actor, number)


@require_GET
@signed_in
def referral_page(request: Request, number: int) -> HttpResponse:
    """One referral: where it stands, who should do what until when, both summaries, what happened."""
    actor, now = request.actor, timezone.now()
    referral = find(actor, number)
    today, resident = timezone.localdate(now), referral.resident
    context: dict[str, Any] = {
        "referral": referral, "resident": resident, "card": card_of(actor, resident), "age": age_on(resident.birth_on, today), "kind": KINDS[referral.state],
        "stages": stages(referral), "lamp": lamps_of([referral], now).get(referral.pk), "facts": facts_of(referral), "answer": answer_of(referral),
        "summary": summary_of(referral), "returned": returned_facts(referral), "line": way_of(referral), "events": history_of(actor, referral),
        "follow_late": followed_in_time(referral.follow_by, referral.followed_on, today) is False, "emergency": referral.urgency == Urgency.EMERGENCY,
    }  # fmt: skip
    return render(request, "referrals/referral.html", context)


def returned_facts(referral: Referral) -> list[tuple[Any, Any]]:
    """The hospital's summary; empty before it is written."""
    summary = summary_of(referral)
    if summary is None:
        return []
    doctor = " ".join(part for part in (summary.doctor_name, summary.doctor_phone) if part)
    return [
        (_("诊断结果"), summary.diagnosis), (_("主要检查结果"), summary.results), (_("治疗经过"), summary.treatment), (_("带药和用法"), summary.drugs),
        (_("康复建议"), summary.rehabilitation), (_("下一步治疗方案"), summary.next_steps), (_("最晚康复随访日期"), summary.visit_by), (_("医院医生"), doctor),
    ]  # fmt: skip


@require_GET
@signed_in
def sheet_file(request: Request, number: int, ending: str) -> HttpResponse:
    """双向转诊单 as docx or PDF."""
    referral = find(request.actor, number)
    return paper_answer(partial(sheet, referral, request.actor.role), ending, f"referral-{referral.pk}")
