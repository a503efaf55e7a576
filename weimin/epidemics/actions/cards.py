"""Report cards: filled in, reported, corrected, deleted, put to an outbreak (A-50, A-51)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.actions.registry import Outcome, register
from weimin.calendars.clock import ZONE, Limit, due
from weimin.calendars.queries import calendar_for
from weimin.epidemics.actions.alerts import last_onset, outbreak_for
from weimin.epidemics.actions.base import CLINICIANS, named, signed, where
from weimin.epidemics.actions.reports import alarm
from weimin.epidemics.diseases import law_on
from weimin.epidemics.finding import cards, with_outbreaks
from weimin.epidemics.flow import CARD, card_url
from weimin.epidemics.forms.cards import CorrectCard, DeleteCard, FillCard, LinkCase, ReportCard
from weimin.epidemics.models import CaseReport, CaseState, Outbreak
from weimin.epidemics.watching import watch_cases
from weimin.flows.steps import move, open_step
from weimin.messages.sending import send
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FACTS = (
    "name", "guardian", "gender", "birth_on", "phone", "address", "crowd", "place", "group", "unit", "disease", "kind", "onset_on", "diagnosed_at", "died_on",
    "same_symptoms", "remark",
)  # fmt: skip
SWIFT_HOURS = 2


def find_card(actor: Actor, pk: Any) -> CaseReport:
    return with_outbreaks(actor, cards(actor).select_for_update(of=("self",)).select_related("place", "group", "outbreak").get(pk=pk))


def at(*states: str) -> Any:
    """A check: the card is in one of the states."""

    def check(card: CaseReport, actor: Actor, now: datetime) -> None:
        if card.state not in states:
            raise RuleBroken(_now("这张报告卡现在是“%(state)s”，不能办理这一步。") % {"state": card.get_state_display()})

    return check


def unit_of(actor: Actor) -> str:
    """The institution of the post that fills in the card."""
    return (Post.objects.filter(pk=actor.post or 0).values_list("unit", flat=True).first() or "")[:80]


@in_chinese
def new_card(by: Actor, data: dict[str, Any], now: datetime, corrects: CaseReport | None = None) -> CaseReport:
    """The card with its clock and step: from the diagnosis, by the law of that day."""
    law = law_on(timezone.localtime(data["diagnosed_at"], ZONE).date())
    limit = Limit(law.hours(data["disease"]), "hour", basis=law.limits.basis)
    card = CaseReport.objects.create(
        region=data["village"], resident=data["found"], id_number=data["id_number"] or None, law_from=law.effective_from, hours=limit.value,
        due_at=due(limit, data["diagnosed_at"], calendar_for(data["village"])).at, filled_at=now, filled_by=by.person, filled_name=signed(by),
        filled_unit=unit_of(by),
        corrects=corrects, **{name: data[name] for name in FACTS},
    )  # fmt: skip
    title = _now("传染病报告卡 %(number)d 号网络直报") % {"number": card.pk}
    role = by.role if by.role in CLINICIANS else "institution"
    open_step(CARD, CaseState.DUE, card, title=title, region=card.region, now=data["diagnosed_at"], limit=limit, role=role, holder=by.person)
    return card


def join_outbreak(card: CaseReport) -> None:
    outbreak = outbreak_for(card)
    if outbreak is not None:
        card.outbreak = outbreak
        card.save(update_fields=["outbreak"])
        last_onset(outbreak, card.onset_on)


@in_chinese
def urge(card: CaseReport, now: datetime) -> None:
    """What must be reported within two hours is told to the institution and the bureau at once; the words name no one."""
    if card.hours <= SWIFT_HOURS:
        text = _now("有一张须在 2 小时内网络直报的传染病报告卡，请马上核实。")
        for role in ("institution", "health_bureau"):
            send(role, card.region, text, card_url(card.pk), now, urgent=True)


def told(card: CaseReport, message: Any, **after: Any) -> Outcome:
    """The trail names the person by a masked name and no illness."""
    return Outcome(card, after={"name": named(card.name), "state": card.state, **after}, message=message, next_url=card_url(card.pk))


@register("epidemics.fill_card", label=_("填传染病报告卡"), form=FillCard, roles=CLINICIANS, region=lambda target, data: data["village"])
def fill_card(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """诊断后马上填卡；时限从诊断起算：甲类和按甲类管理的 2 小时，其他 24 小时。"""
    card = new_card(by, data, now)
    join_outbreak(card)
    urge(card, now)
    alerts = watch_cases(card, now)
    message = _now("报告卡已填，请在 %(at)s 前网络直报。") % {"at": timezone.localtime(card.due_at, ZONE).strftime("%m-%d %H:%M")}
    return told(card, message + alarm(alerts))


@register("epidemics.report_card", label=_("登记网络直报"), form=ReportCard, roles=CLINICIANS, find=find_card, region=where, check=at("due"))
def report_card(by: Actor, card: CaseReport, data: dict[str, Any], now: datetime) -> Outcome:
    """在国家系统报完后登记时间和卡片编号；是否及时按直报时间算，不按登记时间算。"""
    card.state, card.reported_at, card.national_number = CaseState.REPORTED, data["reported_at"], data["national_number"]
    card.save(update_fields=["state", "reported_at", "national_number"])
    move(card, CARD, "epidemics.report_card", "due", "reported", by, data["reported_at"], title="", region=card.region)
    message = _now("已登记，按时报告。") if card.on_time else _now("已登记，超过时限，请在备注或质控里说明原因。")
    return told(card, message, on_time=bool(card.on_time))


def end(card: CaseReport, state: str, reason: str, action: str, by: Actor, now: datetime) -> None:
    """The card is replaced or taken back; its open step closes."""
    before, card.state, card.ended_reason = card.state, state, reason
    card.save(update_fields=["state", "ended_reason"])
    if before == CaseState.DUE:
        move(card, CARD, action, "due", state, by, now, title="", region=card.region)


@register("epidemics.correct_card", label=_("订正报告卡"), form=CorrectCard, roles=CLINICIANS, find=find_card, region=where, check=at("due", "reported"))
def correct_card(by: Actor, old: CaseReport, data: dict[str, Any], now: datetime) -> Outcome:
    """诊断变了或填错了，订正成一张新卡，重新计时直报；旧卡保留备查。"""
    by_place = data["village"]
    if not by.covers(by_place):
        raise RuleBroken(_now("新的现住村（社区）不在您的范围内，请由当地机构订正。"))
    end(old, CaseState.CORRECTED, data["reason"], "epidemics.correct_card", by, now)
    card = new_card(by, data, now, corrects=old)
    join_outbreak(card)
    urge(card, now)
    watch_cases(card, now)
    outcome = told(card, _now("已订正，请重新网络直报。"))
    outcome.reason = data["reason"]
    return outcome


@register("epidemics.delete_card", label=_("删除报告卡"), form=DeleteCard, roles=CLINICIANS, find=find_card, region=where, check=at("due", "reported"))
def delete_card(by: Actor, card: CaseReport, data: dict[str, Any], now: datetime) -> Outcome:
    """误报、重报的写明理由删除，不再计数，内容保留备查。"""
    end(card, CaseState.DELETED, data["reason"], "epidemics.delete_card", by, now)
    outcome = told(card, _now("报告卡已删除。"))
    outcome.reason = data["reason"]
    return outcome


def check_linkable(card: CaseReport, actor: Actor, now: datetime) -> None:
    at("due", "reported")(card, actor, now)
    if card.outbreak_id is not None:
        raise RuleBroken(_now("这张报告卡已经归入一起疫情。"))
    if not card.open_outbreaks:  # type: ignore[attr-defined]
        raise RuleBroken(_now("现在没有同一病种、正在处置的疫情。"))


@register("epidemics.link_case", label=_("归入疫情"), form=LinkCase, roles=(*CLINICIANS, "health_bureau"), find=find_card, region=where, check=check_linkable)
def link_case(by: Actor, card: CaseReport, data: dict[str, Any], now: datetime) -> Outcome:
    """查明和一起疫情有关的病例，归入那起疫情，观察期随之重算。"""
    outbreak = Outbreak.objects.select_for_update().get(pk=data["outbreak"])
    card.outbreak = outbreak
    card.save(update_fields=["outbreak"])
    last_onset(outbreak, card.onset_on)
    return told(card, _now("已归入“%(name)s”。") % {"name": outbreak.name}, outbreak=outbreak.pk)
