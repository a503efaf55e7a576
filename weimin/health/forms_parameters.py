"""The shape of a value that is set and of one that is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.health.parameters import ADDRESS, COMMA, LIST, TENTHS, WHOLE, Parameter, Version, every_parameter, in_force
from weimin.health.parameters import LINE as TEXT
from weimin.health.queries.parameters import versions_of
from weimin.health.settable import written
from weimin.ui.widgets import DateParts

LONGEST_WORD, LONGEST_LINE = 20, 60
URN = r"^urn:[a-z0-9][a-z0-9-]{0,31}:[\x21-\x7e]+$"


def read_value(parameter: Parameter, text: str) -> str:
    """What was typed as it is kept. ValidationError when it is of another type or out of range."""
    if parameter.kind == ADDRESS:
        return read_address(text)
    if parameter.kind == TEXT:
        return forms.CharField(max_length=LONGEST_LINE).clean(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise forms.ValidationError(_("请填数字，例如 140 或 7.0。")) from None
    if not number.is_finite() or number != number.quantize(Decimal(1) if parameter.kind == WHOLE else Decimal("0.1")):
        raise forms.ValidationError(_("请填整数。") if parameter.kind == WHOLE else _("最多一位小数。"))
    if parameter.least is not None and parameter.most is not None and not parameter.least <= number <= parameter.most:
        bounds = {"least": written(parameter.least), "most": written(parameter.most), "unit": parameter.unit}
        raise forms.ValidationError(_("应在 %(least)s 和 %(most)s %(unit)s 之间。"), params=bounds)
    return written(number)


def read_address(text: str) -> str:
    try:
        URLValidator(schemes=("http", "https"))(text)
    except forms.ValidationError:
        forms.RegexField(URN, error_messages={"invalid": _("请填 urn: 或 http(s): 开头的地址。")}).clean(text)
    return text


def check_beside(parameter: Parameter, value: str, on: date) -> None:
    """The other figures of the same stem on that day and on every later day on which one of them changes."""
    stem = {one.name: one for one in every_parameter().values() if one.stem == parameter.stem}
    set_here = versions_of([one.key for one in stem.values()])
    later = sorted({one.effective_from for rows in set_here.values() for one in rows if one.effective_from > on})
    for day in [on, *later]:
        if day != on and any(one.effective_from == day for one in set_here.get(parameter.key, ())):
            break  # from then on another value of this one holds
        for name, other in stem.items():
            if name != parameter.name:
                compare(parameter, Decimal(value), other, in_force(other, day, set_here.get(other.key, ())))


def compare(parameter: Parameter, value: Decimal, other: Parameter, theirs: Version) -> None:
    said = {"other": other.label, "value": theirs.value, "unit": other.unit, "day": theirs.effective_from.isoformat()}
    if (parameter.name, other.name) in parameter.order and value > theirs.figure:
        raise forms.ValidationError(_("不能高于“%(other)s”（%(value)s %(unit)s，%(day)s 起）。"), params=said)
    if (other.name, parameter.name) in parameter.order and value < theirs.figure:
        raise forms.ValidationError(_("不能低于“%(other)s”（%(value)s %(unit)s，%(day)s 起）。"), params=said)
    if parameter.apart == other.name and value == theirs.figure:
        raise forms.ValidationError(_("不能等于“%(other)s”（%(value)s %(unit)s，%(day)s 起）。"), params=said)


class Listed(forms.MultipleChoiceField):
    """Ticked on a page, or keys with commas between them as a program writes them; kept with commas, in the order of the options."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return list(super().to_python(value.split(",") if isinstance(value, str) and value else value))

    def clean(self, value: Any) -> str:
        chosen = set(super().clean(value))
        return ",".join(str(key) for key, _words in cast(Iterable[tuple[str, Any]], self.choices) if key in chosen)


class Words(forms.CharField):
    """Words with 、 or commas between them; kept with commas."""

    def clean(self, value: Any) -> str:
        found = list(dict.fromkeys(filter(None, (part.strip() for part in re.split(f"[{COMMA}，,;；]", super().clean(value))))))
        if any(len(word) > LONGEST_WORD for word in found) or not found:
            raise forms.ValidationError(_("请填一个或几个词，每个不超过 %(most)d 个字。"), params={"most": LONGEST_WORD})
        return ",".join(found)


def field_of(parameter: Parameter, on: date) -> forms.Field:
    """Of a list: what holds now is ticked already."""
    now = in_force(parameter, on, versions_of([parameter.key]).get(parameter.key, ()))
    if parameter.kind == LIST:
        return Listed(label=_("新值"), required=parameter.filled, choices=parameter.options, initial=list(now.keys), help_text=_("已勾选的是现在的值。"))
    return Words(label=_("新值"), max_length=200, initial=COMMA.join(now.keys), help_text=_("几个词用顿号隔开。"), validators=[LINE])


class WithSource(ActionForm):
    source = forms.CharField(label=_("依据"), max_length=200, validators=[LINE], help_text=_("文件名称、文号和条款，例如“×卫发〔2026〕12 号 第三条”。"))
    reason = forms.CharField(label=_("理由"), max_length=200, validators=[LINE])


class SetParameter(WithSource):
    """A new value from a day to come on: what was judged by today stays as it was."""

    value = forms.CharField(label=_("新值"), max_length=120, validators=[LINE])
    effective_from = forms.DateField(label=_("生效日期"), widget=DateParts, help_text=_("最早明天：今天和以前的判定都不改。"))
    field_order = ("value", "effective_from", "source", "reason")

    def prepare(self) -> None:
        self.order_fields(self.field_order)
        self.initial.setdefault("effective_from", timezone.localdate(self.now) + timedelta(days=1))
        if isinstance(self.target, Parameter) and self.target.is_list:
            self.fields["value"] = field_of(self.target, timezone.localdate(self.now))
            self.order_fields(self.field_order)
        elif isinstance(self.target, Parameter):
            self.fields["value"].help_text = said_bounds(self.target, timezone.localdate(self.now))

    def clean_value(self) -> str:
        if isinstance(self.target, Parameter) and self.target.is_list:
            return str(self.cleaned_data["value"])
        text = str(self.cleaned_data["value"]).strip()
        return read_value(self.target, text) if isinstance(self.target, Parameter) else text

    def clean_effective_from(self) -> date:
        on: date = self.cleaned_data["effective_from"]
        today = timezone.localdate(self.now)
        if on <= today:
            raise forms.ValidationError(_("最早从明天起生效：今天和以前的随访已经按原值判定。"))
        if on > date(today.year + 5, 12, 31):
            raise forms.ValidationError(_("生效日期太远，请核对年份。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Parameter) and self.target.kind in (WHOLE, TENTHS) and cleaned.get("value") and cleaned.get("effective_from"):
            try:
                check_beside(self.target, cleaned["value"], cleaned["effective_from"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return cleaned


def said_bounds(parameter: Parameter, on: date) -> Any:
    now = in_force(parameter, on, versions_of([parameter.key]).get(parameter.key, ())).value
    if parameter.kind == TEXT:
        return _("现在是 %(now)s。") % {"now": now}
    if parameter.least is None or parameter.most is None:
        return _("现在是 %(now)s。填 urn: 或 http(s): 开头的地址。") % {"now": now}
    words = _("现在是 %(now)s，可以填 %(least)s 到 %(most)s %(unit)s。")
    return words % {"now": now, "least": written(parameter.least), "most": written(parameter.most), "unit": parameter.unit}


class ConfirmParameter(WithSource):
    """The value as it is shipped, compared with the text by somebody of the bureau."""

    field_order: Iterable[str] = ("source", "reason")

    def prepare(self) -> None:
        if isinstance(self.target, Parameter):
            self.initial.setdefault("source", self.target.shipped_on(timezone.localdate(self.now)).source[:200])
