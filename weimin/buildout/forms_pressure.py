"""The shape of input for bulletins and for deciding what follows from the dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.buildout.models import Consequence, Plan
from weimin.buildout.plan.schema import Accountability, Reward
from weimin.ui.fields import YuanField
from weimin.ui.formats import yuan

DOCUMENT_NUMBER = re.compile(r"\S{1,20}〔\d{4}〕[1-9]\d{0,3}号")  # text: data


def rule_of(row: Consequence) -> Reward | Accountability | None:
    """The plan's rule behind an entry; None when the plan in force has it no more."""
    content = row.project.plan.content
    rules: list[Reward | Accountability] = [*content.rewards] if row.kind == "reward" else [*content.accountability]
    return next((rule for rule in rules if rule.key == row.key), None)


class DecideForm(ActionForm):
    """Carry out or waive. What the plan states (sum, points, measures) is not typed again."""

    decision = forms.ChoiceField(label=_("决定"), choices=[("execute", _("执行")), ("waive", _("不予执行"))], widget=forms.RadioSelect)
    amount = YuanField(label=_("奖补金额"), smallest=1, required=False)
    measures = forms.MultipleChoiceField(label=_("问责措施"), required=False, widget=forms.CheckboxSelectMultiple)
    points = forms.DecimalField(label=_("扣分"), required=False, min_value=0, max_digits=6, decimal_places=2)
    reason = forms.CharField(label=_("理由"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("不予执行时必须写明。"))

    def prepare(self) -> None:
        row: Consequence | None = self.target
        if row is None:
            return
        unused = ("measures", "points") if row.kind == "reward" else ("amount",)
        for name in unused:
            del self.fields[name]
        if row.kind == "reward":
            self.offer_amount(row)
        else:
            self.offer("measures", [(text, text) for text in row.measures])
            self.fields["points"].help_text = (
                _("方案规定扣 %(points)s 分") % {"points": row.points} if row.points is not None else _("方案没有写扣几分，由决定方确定。")
            )

    def offer_amount(self, row: Consequence) -> None:
        if row.amount_fen is None:
            self.fields["amount"].help_text = _("方案没有写金额，由决定方确定；只给荣誉的可以不填。")
        else:
            self.fields["amount"].help_text = _("方案规定 %(amount)s") % {"amount": yuan(row.amount_fen)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "waive" and not cleaned.get("reason"):
            self.add_error("reason", _("不予执行要写明理由。"))
        if cleaned.get("decision") == "execute":
            self.check_stated(cleaned)
        return cleaned

    def check_stated(self, cleaned: dict[str, Any]) -> None:
        """A sum or number of points that the plan states is taken as stated; at least one measure is chosen."""
        row: Consequence = self.target
        for name, stated in (("amount", row.amount_fen), ("points", row.points)):
            if name in self.fields and stated is not None and cleaned.get(name) not in (None, stated):
                self.add_error(name, _("方案已经写明，不能另定。"))
        if row.kind == "accountability" and not cleaned.get("measures"):
            self.add_error("measures", _("请至少选择一项措施。"))


class IssueForm(ActionForm):
    """Which bulletin, of which day."""

    bulletin = forms.ChoiceField(label=_("通报"))
    on = forms.DateField(label=_("数据截至"), widget=forms.DateInput(attrs={"type": "date"}))
    document_number = forms.CharField(label=_("发文字号"), required=False, max_length=60, help_text=_("例如：酉电商发〔2026〕5号；没有可以不填。"))

    def prepare(self) -> None:
        plan: Plan | None = self.target
        if plan is not None:
            self.offer("bulletin", [(item.key, item.label) for item in plan.content.bulletins])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.now is not None and on > timezone.localtime(self.now).date():
            raise forms.ValidationError(_("截至日期不能晚于今天。"))
        if on < self.target.issued_on:
            raise forms.ValidationError(_("截至日期不能早于方案印发日期。"))
        return on

    def clean_document_number(self) -> str:
        number: str = self.cleaned_data["document_number"]
        if number and not DOCUMENT_NUMBER.fullmatch(number):
            raise forms.ValidationError(_("发文字号应写成“酉电商发〔2026〕5号”的样子。"))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = self.target.bulletins.filter(key=cleaned.get("bulletin"), on=cleaned.get("on")).first()
        if same is not None:
            self.add_error("on", _("这一天的这项通报已经印发（第 %(number)d 期）。") % {"number": same.number})
        return cleaned
