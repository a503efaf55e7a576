"""Applying a plan, and recording a goal's figure that no running data measures yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.actions.registry import Outcome, register
from weimin.buildout.applying import apply_plan, assign_batch
from weimin.buildout.models import Batch, Goal, GoalReading, Project
from weimin.buildout.plan.read import read_plan, shift
from weimin.buildout.rules import batch_named
from weimin.indicators.storing import store_day
from weimin.regions.queries import geography
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import here
from weimin.yamlfiles.problems import FileInvalid

LARGEST_FILE = 512 * 1024


class ApplyPlanForm(ActionForm):
    """A plan file; checked as a whole, every problem named with its line."""

    file = forms.FileField(label=_("方案文件"), required=False, help_text=_("YAML 文件，格式见“方案格式说明”。"))
    text = forms.CharField(
        label=_("或粘贴方案内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "code"}),
        strip=False,
    )
    issued_on = forms.DateField(
        label=_("改按这一天印发"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("填写后，方案里的全部日期平移同样的天数；不填则用方案自己的日期。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None and upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("方案文件不能超过 512 KB。"))
        text = read_upload(upload) if upload is not None else cleaned.get("text", "")
        if not text.strip():
            raise forms.ValidationError(_("请选择方案文件，或者粘贴方案内容。"))
        try:
            plan = read_plan(text)
        except FileInvalid as invalid:
            raise forms.ValidationError([str(problem) for problem in invalid.problems]) from None
        cleaned["source"] = text
        cleaned["plan"] = shift(plan, cleaned["issued_on"]) if cleaned.get("issued_on") else plan
        return cleaned


def read_upload(upload: Any) -> str:
    try:
        return upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise forms.ValidationError(_("方案文件须是 UTF-8 编码的文本。")) from None


def plan_region(target: Any, data: dict[str, Any]) -> int:
    return int(data["plan"].meta.region)


@register("buildout.apply_plan", label=_("执行方案"), form=ApplyPlanForm, roles=("lead_office",), region=plan_region)
def run_apply_plan(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """把方案变成目标、站点任务、期限和预算；同一方案再执行一次不会改变任何东西。"""
    content = data["plan"]
    home = here()
    if content.meta.region != home.code:
        raise RuleBroken(_("方案适用的区划是 %(code)s，不是本辖区 %(here)s。") % {"code": content.meta.region, "here": home.name})
    plan, changes, done = apply_plan(content, data["source"], geography(content.meta.region, content.meta.issued_on), by, now)
    if changes:
        store_day(timezone.localtime(now).date(), now)
    said = _("方案已经是最新，没有变化。") if not changes else _("方案已执行：新建任务 %(projects)d 个，目标 %(goals)d 项。") % done
    return Outcome(
        plan,
        after={"version": plan.version, "changes": changes[:50], **done},
        message=said,
        region=plan.region,
        next_url=f"/buildout/plans/{plan.pk}/",
    )


class GoalReadingForm(ActionForm):
    on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    value = forms.DecimalField(label=_("完成数"), min_value=0, max_digits=14, decimal_places=2)
    source = forms.CharField(label=_("数据来源"), max_length=200)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.now is not None and on > self.now.date():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return on


def find_goal(actor: Actor, pk: Any) -> Goal:
    return Goal.objects.select_for_update(of=("self",)).select_related("plan").defer("plan__data").get(pk=pk, dropped=False)


def check_by_hand(goal: Goal, actor: Actor, now: datetime) -> None:
    if goal.indicator:
        raise RuleBroken(_("这个目标由系统按运行数据计算，不能手工填写。"))


@register(
    "buildout.record_goal", label=_("登记目标完成数"), form=GoalReadingForm, roles=("lead_office",),
    find=find_goal, check=check_by_hand, region=lambda goal, data: goal.plan.region,
)  # fmt: skip
def record_goal(by: Actor, goal: Goal, data: dict[str, Any], now: datetime) -> Outcome:
    """登记系统还不能自动计算的目标的完成数，注明来源。"""
    earlier = GoalReading.objects.filter(goal=goal, on=data["on"]).first()  # the goal is locked: nobody adds one meanwhile
    before = {"value": str(earlier.value)} if earlier else {}
    reading = earlier or GoalReading(goal=goal, on=data["on"])
    reading.value, reading.source, reading.recorded_by, reading.recorded_at = data["value"], data["source"], by.name, now
    reading.save()
    return Outcome(
        goal,
        before=before,
        after={"on": str(data["on"]), "value": str(data["value"])},
        message=_("已登记。"),
        region=goal.plan.region,
    )


class NameBatchForm(ActionForm):
    """Which regions belong to a batch of which the plan gives only the number (the first 20 centres)."""

    projects = forms.MultipleChoiceField(label=_("列入本批的站点"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        batch: Batch | None = self.target
        if batch is not None and self.actor is not None:
            rows = Project.objects.visible_to(self.actor).filter(plan=batch.plan_id, tier=batch.tier).exclude(state="closed").order_by("region")
            self.offer("projects", [(str(row.pk), row.name) for row in rows])
            self.initial.setdefault("projects", [str(row.pk) for row in rows if row.batch == batch.key])

    def clean_projects(self) -> list[int]:
        batch = batch_named(self.target.plan.content, self.target.key)
        count = batch.count if batch is not None else None
        chosen = [int(number) for number in self.cleaned_data["projects"]]
        if len(chosen) != count:
            raise forms.ValidationError(_("这一批要选 %(count)d 个，现在选了 %(chosen)d 个。"), params={"count": count, "chosen": len(chosen)})
        return chosen


def find_batch(actor: Actor, pk: Any) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("plan").defer("plan__data").get(pk=pk, dropped=False)


def check_by_number(batch: Batch, actor: Actor, now: datetime) -> None:
    declared = batch_named(batch.plan.content, batch.key)
    if declared is None or not declared.count:
        raise RuleBroken(_("方案已经写明这一批是哪些站点，不用再选。"))


@register(
    "buildout.name_batch", label=_("确定批次名单"), form=NameBatchForm, roles=("lead_office",), find=find_batch, check=check_by_number,
    region=lambda batch, data: batch.plan.region,
)  # fmt: skip
def name_batch(by: Actor, batch: Batch, data: dict[str, Any], now: datetime) -> Outcome:
    """确定只写了个数的批次由哪些站点组成；它们的期限随之确定。"""
    rows = list(Project.objects.visible_to(by).select_for_update().filter(plan=batch.plan, tier=batch.tier).exclude(state="closed"))
    before = [row.region for row in rows if row.batch == batch.key]
    assign_batch(batch.plan.content, batch.key, rows, set(data["projects"]))
    after = [row.region for row in rows if row.batch == batch.key]
    return Outcome(
        batch,
        before={"regions": before},
        after={"regions": after},
        message=_("名单已确定。"),
        region=batch.plan.region,
        next_url=f"/buildout/plans/{batch.plan_id}/",
    )
