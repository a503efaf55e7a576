"""From candidate to operator: nominated by the partner, examined by the township, one chosen, the others refused (N5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.flows.steps import move
from weimin.sites.models import Site
from weimin.staffing.actions.people import enter_person, where
from weimin.staffing.calls import answer_call, call_for_people
from weimin.staffing.flow import NOMINATION, site_url
from weimin.staffing.forms import Choose, Examine, Nominate, Reason, marks_of
from weimin.staffing.models import Appointment, Nomination
from weimin.staffing.queries import candidates_of, chosen_elsewhere
from weimin.staffing.requirements import Requirements, requirements_for
from weimin.staffing.rules import Candidates, check_choice, check_refusable, check_room_for_more
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

TITLES = {"nominated": _("%(site)s：考察%(name)s"), "examined": _("%(site)s：决定%(name)s")}


def find_site(actor: Actor, pk: Any) -> Site:
    return Site.objects.visible_to(actor).select_for_update().get(pk=pk)


def find_nomination(actor: Actor, pk: Any) -> Nomination:
    """The nomination, with its site locked: two decisions for one site wait for each other."""
    found = Nomination.objects.visible_to(actor).select_related("site", "worker").get(pk=pk)
    Site.objects.visible_to(actor).select_for_update().get(pk=found.site_id)
    found.refresh_from_db(fields=["state"])
    return found


def asked(site: Site) -> Requirements:
    asks = requirements_for(site)
    if asks is None:
        raise RuleBroken(_now("这个站点的方案没有规定推荐人选。"))
    return asks


def candidates(actor: Actor, site: Site, asks: Requirements) -> Candidates:
    return candidates_of(actor, [site.pk], asks.plan).get(site.pk, Candidates())


def check_nominable(site: Site, actor: Actor, now: datetime) -> None:
    asks = asked(site)
    if site.state == "closed":
        raise RuleBroken(_now("站点已经关闭。"))
    check_room_for_more(candidates(actor, site, asks), asks.most)


def step_on(nomination: Nomination, action: str, start: str, by: Actor, now: datetime, asks: Requirements | None) -> None:
    """Moves the nomination's step; the state has been set already."""
    title = TITLES.get(nomination.state, "")
    move(
        nomination, NOMINATION, action, start, nomination.state, by, now, region=nomination.region,
        title=str(title) % {"site": nomination.site.name, "name": nomination.worker.name} if title else "",
        due_on=asks.decide_by if asks else None, role=asks.decider if asks else "", basis=asks.basis if asks else "",
    )  # fmt: skip


@register(
    "staffing.nominate", label=_("推荐人选"), form=Nominate, roles=("partner", "township"), find=find_site, region=where, check=check_nominable,
    keeps_draft=False,
)  # fmt: skip
def nominate(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """为一个站点推荐一名人选，交乡镇考察。"""
    asks = asked(site)
    worker = enter_person(by, site.region, data)
    if Nomination.objects.filter(site=site, worker=worker, plan=asks.plan).exists():
        raise RuleBroken(_now("%(name)s已经推荐过，不用重复推荐。") % {"name": worker.name})
    if new := [role for role in data.get("roles", []) if role not in worker.roles]:
        worker.roles = [*worker.roles, *new]
        worker.save(update_fields=["roles"])
    nomination = Nomination.objects.create(
        site=site, region=site.region, worker=worker, plan=asks.plan, nominated_by=by.name, nominated_at=now, opinion=data["opinion"]
    )
    step_on(nomination, "staffing.nominate", "", by, now, asks)
    answer_call(site, candidates(by, site, asks), by, now)
    after = {"site": site.name, "name": worker.name, "opinion": data["opinion"]}
    return Outcome(nomination, after=after, message=_now("已推荐%(name)s。") % {"name": worker.name}, next_url=site_url(site.pk))


def check_state(nomination: Nomination, *states: str) -> None:
    if nomination.state not in states:
        raise RuleBroken(_now("这个人选现在是“%(state)s”，不能办理这一步。") % {"state": nomination.get_state_display()})


def done(nomination: Nomination, before: str, message: Any, reason: str = "", **after: Any) -> Outcome:
    return Outcome(
        nomination, before={"state": before}, after={"state": nomination.state, "name": nomination.worker.name, **after}, message=message,
        reason=reason[:200], next_url=site_url(nomination.site_id),
    )  # fmt: skip


def check_examinable(nomination: Nomination, actor: Actor, now: datetime) -> None:
    check_state(nomination, "nominated")
    asked(nomination.site)


@register(
    "staffing.examine", label=_("登记考察"), form=Examine, roles=("township",), find=find_nomination, region=where, check=check_examinable,
)  # fmt: skip
def examine(by: Actor, nomination: Nomination, data: dict[str, Any], now: datetime) -> Outcome:
    """按方案的考察内容逐项评价一名人选。"""
    asks = asked(nomination.site)
    nomination.marks, nomination.state = marks_of(asks, data), "examined"
    nomination.examined_by, nomination.examined_at = by.name, now
    if data["opinion"]:
        nomination.reason = data["opinion"]
    nomination.save()
    step_on(nomination, "staffing.examine", "nominated", by, now, asks)
    marks = {entry["label"]: entry["mark"] for entry in nomination.marks.values()}
    return done(nomination, "nominated", _now("考察已登记。"), marks=marks)


def check_choosable(nomination: Nomination, actor: Actor, now: datetime) -> None:
    check_state(nomination, "examined")
    asks = asked(nomination.site)
    check_choice(candidates(actor, nomination.site, asks), asks.least, nomination.marks)
    if chosen_elsewhere(nomination.worker.phone or "", nomination.site_id):
        raise RuleBroken(_now("一村一点一人：%(name)s已经确定为别的站点的人选。") % {"name": nomination.worker.name})
    neighbours = Nomination.objects.visible_to(actor).filter(region=nomination.region, plan=nomination.plan, state="chosen")
    if neighbours.exclude(site=nomination.site_id).exists():
        raise RuleBroken(_now("一村一点一人：这个村的另一个站点已经确定人选。"))


@register(
    "staffing.choose", label=_("确定人选"), form=Choose, roles=("township",), find=find_nomination, region=where, check=check_choosable,
)  # fmt: skip
def choose(by: Actor, nomination: Nomination, data: dict[str, Any], now: datetime) -> Outcome:
    """确定一名人选为站点人员，并登记任职；一村一点一人，这个站点的其他人选同时谢绝。"""
    asks = asked(nomination.site)
    decide(nomination, "chosen", data["reason"], by, now)
    step_on(nomination, "staffing.choose", "examined", by, now, asks)
    answer_call(nomination.site, candidates(by, nomination.site, asks), by, now)
    Appointment.objects.create(site=nomination.site, region=nomination.region, worker=nomination.worker, job=asks.job, starts_on=timezone.localdate(now))
    refused = refuse_others(nomination, asks, by, now)
    return done(nomination, "examined", _now("已确定%(name)s。") % {"name": nomination.worker.name}, data["reason"], refused=refused)


def decide(nomination: Nomination, state: str, reason: str, by: Actor, now: datetime) -> None:
    nomination.state, nomination.decided_by, nomination.decided_at = state, by.name, now
    if reason:
        nomination.reason = reason
    nomination.save()


def refuse_others(chosen: Nomination, asks: Requirements, by: Actor, now: datetime) -> list[str]:
    """The other candidates of the site who still stand; their names, for the trail."""
    others = Nomination.objects.visible_to(by).filter(site=chosen.site, plan=chosen.plan, state__in=["nominated", "examined"])
    names = []
    for other in others.select_related("worker", "site").order_by("pk"):
        start = other.state
        decide(other, "refused", _now("已确定%(name)s。") % {"name": chosen.worker.name}, by, now)
        step_on(other, "staffing.choose", start, by, now, asks)
        names.append(other.worker.name)
    return names


def check_decidable(nomination: Nomination, actor: Actor, now: datetime) -> None:
    check_state(nomination, "nominated", "examined")
    check_refusable(nomination.state, candidates(actor, nomination.site, asked(nomination.site)))


@register("staffing.refuse", label=_("不予采用"), form=Reason, roles=("township",), find=find_nomination, region=where, check=check_decidable)
def refuse(by: Actor, nomination: Nomination, data: dict[str, Any], now: datetime) -> Outcome:
    """不采用一名考察过的人选，说明理由。"""
    before = nomination.state
    decide(nomination, "refused", data["reason"], by, now)
    step_on(nomination, "staffing.refuse", before, by, now, requirements_for(nomination.site))
    return done(nomination, before, _now("已登记。"), data["reason"])


@register(
    "staffing.withdraw", label=_("撤回推荐"), form=Reason, roles=("partner", "township"), find=find_nomination, region=where,
    check=lambda nomination, actor, now: check_state(nomination, "nominated", "examined"),
)  # fmt: skip
def withdraw(by: Actor, nomination: Nomination, data: dict[str, Any], now: datetime) -> Outcome:
    """本人放弃或推荐有误的，撤回推荐。"""
    before = nomination.state
    nomination.state, nomination.reason = "withdrawn", data["reason"]
    nomination.save()
    asks = requirements_for(nomination.site)
    step_on(nomination, "staffing.withdraw", before, by, now, asks)
    if asks is not None and nomination.site.state != "closed":
        call_for_people(nomination.site, now, candidates(by, nomination.site, asks))
    return done(nomination, before, _now("已撤回。"), data["reason"])
