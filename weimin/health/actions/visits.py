"""A follow-up visit is written down once for all programmes; a wrong one is corrected by a new one (H3; A-13 to A-17, A-26 to A-28, A-41, A-42)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.health.actions.base import KEEPERS, check_active, find_record, named, record_url, where
from weimin.health.assigning import answer_for
from weimin.health.calling import made_before, moved_day, open_due, plan, visited_on
from weimin.health.checking import look_at, settle_corrected
from weimin.health.files import VISIT, plainly_named
from weimin.health.forms_visit import CorrectVisit, RecordVisit, findings_of, measured_of
from weimin.health.judging import Turned, Verdicts, as_before, awaited, carry_on, chains_of, late, sooner, verdicts, write_outcomes
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, HealthRecord, Visit
from weimin.health.rules_visit import VISITED
from weimin.health.turning import now_due, sentences, tell
from weimin.messages.sending import send
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ENTERED, CORRECTED = _("补录了 %(day)s 的随访。"), _("更正了 %(day)s 的随访。")


def find_with_care(actor: Actor, pk: Any) -> HealthRecord:
    """The record, locked, with `open_cares`."""
    record = find_record(actor, pk)
    managed = Care.objects.visible_to(actor).select_for_update().filter(record=record, state=CareState.MANAGED)
    record.open_cares = list(managed.order_by("pk"))  # type: ignore[attr-defined]
    return record


def check_under_care(record: HealthRecord, actor: Actor, now: datetime) -> None:
    check_active(record, actor, now)
    if not any(care.programme in VISITED for care in record.open_cares):  # type: ignore[attr-defined]
        raise RuleBroken(_now("这位居民没有需要随访的管理类别。先做筛查登记或确诊纳入管理。"))


def new_visit(by: Actor, record: HealthRecord, data: dict[str, Any], said: Verdicts, now: datetime, corrects: Visit | None = None) -> Visit:
    visit = Visit.objects.create(
        region=record.region, record=record, on=data["on"], way=data["way"], programmes=[care.programme for care, _verdict in said],
        findings=findings_of(data), medication=data["medicines"], doctor=by.person, doctor_name=by.name or by.role, entered_at=now, corrects=corrects,
        **measured_of(data),
    )  # fmt: skip
    write_outcomes(visit, said)
    if data.get("photo"):
        attach(by, plainly_named(data["photo"]), subject_type=VISIT, subject_id=visit.pk, region=visit.region, kind="photo", now=now)
    return visit


def touch(record: HealthRecord, visit: Visit) -> None:
    if record.touched_on is None or record.touched_on < visit.on:
        record.touched_on = visit.on
        record.save(update_fields=["touched_on"])


@in_chinese
def call_for_help(record: HealthRecord, said: Verdicts, now: datetime) -> None:
    """The township's institution is told of an emergency; the words name neither the person nor the illness."""
    if any(verdict.emergency for _care, verdict in said):
        text = _now("随访发现一位居民需要紧急转诊，请马上接应。")
        send("institution", record.region, text, record_url(record.pk), now, urgent=True)


def sentence(said: Verdicts) -> str:
    """What the doctor is told after saving."""
    if any(verdict.emergency for _care, verdict in said):
        return _now("随访已保存。达到危急情况：处理后马上转诊，两周内追踪。")
    if any(verdict.refer for _care, verdict in said):
        return _now("随访已保存。建议转诊，两周内追踪。")
    return _now("随访已保存，下次随访已排好。")


def onwards(record: HealthRecord, said: Verdicts, turned: list[Turned]) -> dict[str, Any]:
    """Who has to be referred is referred from the card of the record's page, wherever the doctor came from."""
    pressing = any(verdict.emergency or verdict.refer for _care, verdict in said) or now_due(turned)
    return {"next_url": record_url(record.pk) + ("#referrals" if pressing else ""), "pressing": pressing}


@register(
    "health.record_visit", label=_("登记随访"), form=RecordVisit, roles=KEEPERS, find=find_with_care, region=where, check=check_under_care,
    template="health/visit.html",
)  # fmt: skip
def record_visit(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一次随访：几种病一次填完，分类、下次日期和转诊由规范自动判断；补录的按随访当天算。"""
    cares: list[Care] = record.open_cares  # type: ignore[attr-defined]
    chains = chains_of(late(cares, data["on"]))
    said = sooner(verdicts(record, cares, data, data["on"], chains), data.get("next_on"))
    visit = new_visit(by, record, data, said, now)
    newest = all(care.last_on is None or care.last_on <= visit.on for care, _verdict in said)
    turned = carry_on(cares, said, chains, [visit.on])
    if record.doctor is None and by.role == "doctor":
        answer_for(record, by.person)
    settle_due(by, record, visit, newest, now)
    touch(record, visit)
    call_for_help(record, said, now)
    tell(by, record, turned, ENTERED, visit.on, now)
    look_at(by, visit, now)
    after = {"name": named(record.resident), "on": str(visit.on), "refer": any(verdict.refer for _care, verdict in said)}
    return Outcome(visit, after=after, message=sentence(said) + sentences(turned), **onwards(record, said if newest else [], turned))


def settle_due(by: Actor, record: HealthRecord, visit: Visit, newest: bool, now: datetime) -> None:
    """The newest visit closes what was due, unless a hospital wants one after its return; an older one is written to what it would have closed."""
    cares: list[Care] = record.open_cares  # type: ignore[attr-defined]
    due = open_due(record)
    if not any(awaited(care) for care in cares) and (newest or (due is not None and due.from_on <= visit.on)):
        visited_on(due, visit.on)
        due = None
    elif not newest:
        made_before(record, visit.programmes, visit.on)
    if newest and due is None:
        drop_call(record, by, now, "health.record_visit")
    plan(record, cares, due, timezone.localdate(now))


def find_visit(actor: Actor, pk: Any) -> Visit:
    """The visit with its record and `judged_cares`: what it was judged for and still is under care."""
    visit = Visit.objects.visible_to(actor).select_for_update(of=("self",)).select_related("record__resident").get(pk=pk)
    cares = Care.objects.visible_to(actor).select_for_update().filter(record=visit.record, programme__in=visit.programmes, state=CareState.MANAGED)
    visit.judged_cares = list(cares.order_by("pk"))  # type: ignore[attr-defined]
    return visit


def check_correctable(visit: Visit, actor: Actor, now: datetime) -> None:
    check_active(visit.record, actor, now)
    corrected = getattr(visit, "corrected", None)  # the page of a record has read all of its visits
    if corrected or (corrected is None and Visit.objects.visible_to(actor).filter(corrects=visit).exists()):
        raise RuleBroken(_now("这次随访已经更正过，请更正最新的那一次。"))
    if not visit.judged_cares:  # type: ignore[attr-defined]
        raise RuleBroken(_now("这次随访的管理类别都已结案，不能更正。"))


@register(
    "health.correct_visit", label=_("更正随访"), form=CorrectVisit, roles=KEEPERS, find=find_visit, region=where, check=check_correctable,
    template="health/visit.html",
)  # fmt: skip
def correct_visit(by: Actor, old: Visit, data: dict[str, Any], now: datetime) -> Outcome:
    """更正一次随访：写明理由，重新判断；原来的内容保留备查。"""
    record, cares = old.record, old.judged_cares  # type: ignore[attr-defined]
    chains = chains_of(cares, leave_out=old.pk)
    said = as_before(verdicts(record, cares, data, data["on"], chains), old, data["on"])
    visit = new_visit(by, record, data, said, now, corrects=old)
    turned = carry_on(cares, said, chains, [visit.on, old.on])
    moved_day(record, old.on, visit.on)
    plan(record, Care.objects.visible_to(by).filter(record=record), open_due(record), timezone.localdate(now))
    touch(record, visit)
    call_for_help(record, said, now)
    tell(by, record, turned, CORRECTED, old.on, now)
    settle_corrected(by, old, data["reason"], now)
    return Outcome(
        visit, before={"on": str(old.on)}, after={"name": named(record.resident), "on": str(visit.on)}, reason=data["reason"],
        message=sentence(said) + sentences(turned), **onwards(record, said, turned),
    )  # fmt: skip
