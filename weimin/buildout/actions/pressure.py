"""Pressure that follows from the dates: rewards and accountability found and decided, rewards paid, bulletins issued (N9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.buildout.actions.lifecycle import where
from weimin.buildout.actions.money import money_url
from weimin.buildout.forms_money import VoucherForm
from weimin.buildout.forms_pressure import DecideForm, IssueForm, rule_of
from weimin.buildout.models import Bulletin, Consequence, Plan, Project
from weimin.buildout.queries.pressure import figures, follows_now, get_consequence
from weimin.buildout.rules_consequence import Follows, person_in
from weimin.buildout.rules_money import organ_of
from weimin.messages.sending import send
from weimin.messages.wording import register_template
from weimin.regions.queries import names
from weimin.ui.formats import yuan
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken

ROLE_NAMES = dict(Role.choices)
FOUND = "buildout.consequences_found"
register_template(FOUND, _("“%(plan)s”按期限新产生 %(number)d 项奖惩，请决定。"))


def find_plan(actor: Actor, pk: Any) -> Plan:
    return Plan.objects.select_for_update().get(pk=pk)


def consequences_url(plan: int) -> str:
    return reverse("buildout:consequences", args=[plan])


def named_body(plan: Plan, project: Project, role_key: str, known: dict[int, str]) -> str:
    """Who a plan's role is for a project: 李楼村村民委员会; the role's own name with the place when the plan names no body."""
    role = plan.content.role(role_key)
    place = known[project.region if role.level == "village" else project.township]
    return organ_of(role, place) or f"{place}{role.label}"


def entry(plan: Plan, project: Project, found: Follows, known: dict[int, str], now: datetime) -> Consequence:
    """An unsaved entry. A reward names who gets it; accountability names the person by place, as the plan words it."""
    rewarded = found.kind == "reward"
    body = named_body(plan, project, found.role, known) if rewarded else person_in(found.person, known[project.region])
    return Consequence(
        region=project.region, project=project, kind=found.kind, key=found.key, label=found.label, person=body, payee=body if rewarded else "",
        measures=list(found.measures), points=found.points, amount_fen=found.amount_fen, days_late=found.days_late, found_at=now,
    )  # fmt: skip


def bring_up_to_date(plan: Plan, now: datetime) -> tuple[list[Consequence], int]:
    """Adds what newly follows, counts on the days of what is undecided, marks what follows no more. (new entries, lapsed)."""
    rows, follows = follows_now(plan, now)
    wanted = {(found.project, found.kind, found.key): found for found in follows}
    held = {(row.project_id, row.kind, row.key): row for row in Consequence.objects.select_for_update().filter(project__plan=plan)}
    known = names({row.region for row in rows.values()} | {row.township for row in rows.values()})
    fresh = [entry(plan, rows[key[0]], found, known, now) for key, found in wanted.items() if key not in held]
    changed, lapsed = [], 0
    for key, row in held.items():
        before = (row.state, row.days_late)
        if row.state in ("due", "lapsed"):
            row.state, row.days_late = ("due", wanted[key].days_late) if key in wanted else ("lapsed", row.days_late)
        if (row.state, row.days_late) != before:
            changed.append(row)
            lapsed += row.state == "lapsed"
    Consequence.objects.bulk_create(fresh)
    Consequence.objects.bulk_update(changed, ["state", "days_late"])
    return fresh, lapsed


def tell_deciders(plan: Plan, fresh: list[Consequence], now: datetime) -> None:
    """One message for each role that has something new to decide."""
    by_role: dict[str, int] = {}
    for row in fresh:
        rule = rule_of(row)
        if rule is not None:
            role = plan.content.role(rule.decided_by).system_role
            by_role[role] = by_role.get(role, 0) + 1
    for code, number in by_role.items():
        send(code, plan.region, "", consequences_url(plan.pk), now, template=FOUND, parameters={"plan": plan.title, "number": number})


@register("buildout.find_consequences", label=_("按期限列出奖惩"), roles=("lead_office",), find=find_plan, region=where)
def find_consequences(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """按方案的奖惩规定和各站点的日期列出应奖应罚的名单；再办一次不会重复。"""
    fresh, lapsed = bring_up_to_date(plan, now)
    tell_deciders(plan, fresh, now)
    said = _now("新列出 %(fresh)d 项，%(lapsed)d 项条件已不成立。") % {"fresh": len(fresh), "lapsed": lapsed}
    return Outcome(plan, after={"fresh": len(fresh), "lapsed": lapsed}, message=said, region=plan.region, next_url=consequences_url(plan.pk))


def check_decidable(row: Consequence, actor: Actor, now: datetime) -> None:
    if row.state != "due":
        raise RuleBroken(_now("这一项现在是“%(state)s”，不能再决定。") % {"state": row.get_state_display()})
    rule = rule_of(row)
    if rule is None:
        raise RuleBroken(_now("方案已经没有这一条规定，请先重新列出奖惩。"))
    role = row.project.plan.content.role(rule.decided_by)
    if actor.role not in (role.system_role, "system"):
        raise RuleBroken(_now("按方案由%(label)s（%(role)s岗位）决定。") % {"label": role.label, "role": ROLE_NAMES[role.system_role]})


@register(
    "buildout.decide_consequence", label=_("决定奖惩"), form=DecideForm, roles=("leader", "lead_office"), find=get_consequence, region=where, check=check_decidable,
)  # fmt: skip
def decide_consequence(by: Actor, row: Consequence, data: dict[str, Any], now: datetime) -> Outcome:
    """由方案规定的决定方执行或不予执行一项奖惩，写明金额、措施、扣分或理由。"""
    if data["decision"] == "waive":
        row.state = "waived"
    else:
        row.state = "decided"
        row.amount_fen = row.amount_fen or data.get("amount")
        row.points = row.points if row.points is not None else data.get("points")
        row.measures = data.get("measures", row.measures)
    row.decided_by, row.decided_at, row.reason = by.name, now, data["reason"]
    row.save()
    after = {"state": row.state, "amount_fen": row.amount_fen, "points": str(row.points or ""), "measures": row.measures}
    return Outcome(row, before={"state": "due"}, after=after, reason=row.reason, message=_("已决定。"), next_url=consequences_url(row.project.plan_id))


def check_payable(row: Consequence, actor: Actor, now: datetime) -> None:
    if row.kind != "reward" or row.state != "decided" or row.amount_fen is None:
        raise RuleBroken(_now("只有已决定并写明金额的奖励可以付款。"))
    if row.paid_at is not None:
        raise RuleBroken(_now("这笔奖补已经付过。"))


@register(
    "buildout.pay_reward", label=_("登记奖补付款"), form=VoucherForm, roles=("finance",), find=get_consequence, region=where, check=check_payable,
)  # fmt: skip
def pay_reward(by: Actor, row: Consequence, data: dict[str, Any], now: datetime) -> Outcome:
    """登记以奖代补已按决定的金额付给得奖方，写明凭证号；一项奖励只付一次。"""
    row.voucher, row.paid_by, row.paid_at = data["voucher"], by.name, now
    try:
        with transaction.atomic():
            row.save(update_fields=["voucher", "paid_by", "paid_at"])
    except IntegrityError:  # another payment took the number since the form was read
        raise RuleBroken(_now("凭证号“%(voucher)s”刚刚被另一笔拨付用了，请核对。") % {"voucher": data["voucher"]}) from None
    said = _now("已登记向%(payee)s付款 %(amount)s。") % {"payee": row.payee, "amount": yuan(row.amount_fen)}
    after = {"voucher": row.voucher, "amount_fen": row.amount_fen, "payee": row.payee}
    return Outcome(row, after=after, message=said, next_url=f"{money_url(row.project.plan_id)}?show=rewards")


def check_bulletins(plan: Plan, actor: Actor, now: datetime) -> None:
    if not plan.content.bulletins:
        raise RuleBroken(_now("这个方案没有规定通报。"))


@register(
    "buildout.issue_bulletin", label=_("印发通报"), form=IssueForm, roles=("lead_office",), find=find_plan, region=where, check=check_bulletins,
    confirm=_("印发后通报和其中的数字不能更改，确定吗？"),
)  # fmt: skip
def issue_bulletin(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """按运行数据印发一期阶段通报，点名先进和逾期；期号自动编，数字存下后不再变。"""
    item = next(item for item in plan.content.bulletins if item.key == data["bulletin"])
    number = (Bulletin.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1
    with translation.override("zh-hans"):  # an official paper, whatever language its issuer reads
        title = _now("关于%(tier)s建设进度情况的通报") % {"tier": plan.content.tier(item.tier).label}
        found = figures(system_actor(), plan, item, data["on"])
    row = Bulletin.objects.create(
        plan=plan, key=item.key, number=number, title=title, document_number=data["document_number"], on=data["on"], figures=found,
        issued_by=by.name, issued_at=now,
    )  # fmt: skip
    said = _now("第 %(number)d 期通报已印发。") % {"number": number}
    url = reverse("buildout:bulletin", args=[row.pk])
    return Outcome(row, after={"number": number, "key": item.key, "on": str(data["on"])}, message=said, region=plan.region, next_url=url)
