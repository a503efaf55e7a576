"""Measures, contacts, the chain of an emergency, the end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.epidemics.forms.parts import begin_now, day, hour, line, moment, text, with_blank
from weimin.epidemics.models import Contact, ContactState, Group, Outbreak, Party
from weimin.epidemics.parameters import hours

PERSON = re.compile(r"([^\s，,]{1,30})(?:[\s，,]+(1\d{10}|0\d{9,11}))?(?:[\s，,]+(.{1,40}))?")
MOST_CONTACTS = 200


class AddMeasure(ActionForm):
    party = forms.ChoiceField(label=_("责任方"), choices=with_blank(Party.choices))
    text = line(_("措施"), 200, required=True)
    hours = forms.IntegerField(label=_("几小时内落实"), min_value=1, max_value=720, initial=24)


class CloseClass(ActionForm):
    """A class stays at home; no report is expected of it until then."""

    group = forms.ModelChoiceField(label=_("停课班级"), queryset=Group.objects.none())
    from_on = day(_("停课起"))
    until_on = day(_("停课止"))
    reason = line(_("依据和说明"), 150, required=True, help_text=_("例如：7 天内同班 3 例，按规定停课 10 天。"))

    def prepare(self) -> None:
        if not isinstance(self.target, Outbreak):
            return
        self.fields["group"].queryset = Group.objects.filter(place__outbreaks=self.target, closed=False).order_by("pk")  # type: ignore[attr-defined]
        today = timezone.localdate(self.now)
        self.initial.setdefault("from_on", today)
        self.initial.setdefault("until_on", today + timedelta(days=self.target.observation - 1))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        longest = hours("closure_days", first) if first else 0
        if first and last and not first <= last <= first + timedelta(days=longest - 1):
            self.add_error("until_on", _now("停课止不能早于停课起，一次最多 %(days)d 天。") % {"days": longest})
        return cleaned


class DoMeasure(ActionForm):
    note = text(_("落实情况"), help_text=_("做了什么、在哪里、谁做的。不写患者姓名。"))


class DropMeasure(ActionForm):
    reason = text(_("不再需要的理由"), 200)


class DeclareEmergency(ActionForm):
    """From the moment it was found the two hours run (A-52)."""

    found_on = day(_("发现日期"))
    found_time = hour(_("发现时间"))
    reason = line(_("判断依据"), 200, required=True, help_text=_("例如：一周内同一学校 10 例及以上，按暴发处理。"))

    def prepare(self) -> None:
        begin_now(self, "found")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["found_at"] = moment(self, cleaned, "found")
        return cleaned


class ReportUp(ActionForm):
    told = line(_("报告给"), 100, required=True, help_text=_("单位和接报人。县卫健部门报本级政府，同时报上一级。"))
    way = line(_("方式"), 40, required=True, initial="电话、网络直报")  # text: data
    told_on = day(_("报告日期"))
    told_time = hour(_("报告时间"))

    def prepare(self) -> None:
        begin_now(self, "told")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["told_at"] = told = moment(self, cleaned, "told")
        since = getattr(self.target, "chain_since", None)
        if told and since and told < since:
            self.add_error("told_time", _now("不能早于上一个环节的时间。"))
        return cleaned


class CloseOutbreak(ActionForm):
    conclusion = text(_("结案意见"), 2000, help_text=_("来源、传播途径、处置效果、教训和建议。不写患者姓名。"))


def read_people(raw: str) -> list[tuple[str, str, str]]:
    """(name, phone, relation) for each line "张三 13800000000 同桌"; ValidationError names the line."""
    found = []
    for number, text_line in enumerate(raw.splitlines(), 1):
        if not text_line.strip():
            continue
        match = PERSON.fullmatch(text_line.strip())
        if match is None:
            raise forms.ValidationError(_now("第 %(line)d 行看不懂，请写成“张三 13800000000 同桌”。") % {"line": number})
        found.append((match.group(1), match.group(2) or "", match.group(3) or ""))
    if not found:
        raise forms.ValidationError(_now("请至少写一个人。"))
    if len(found) > MOST_CONTACTS:
        raise forms.ValidationError(_now("一次最多写 %(most)d 个人。") % {"most": MOST_CONTACTS})
    return found


class AddContacts(ActionForm):
    people = forms.CharField(
        label=_("密切接触者"),
        widget=forms.Textarea(attrs={"rows": "8"}),
        max_length=20_000,
        help_text=_("一行一人：姓名 电话 关系，例如：张三 13800000000 同桌。"),
    )
    last_contact_on = day(_("最后接触日期"))

    def prepare(self) -> None:
        self.initial.setdefault("last_contact_on", timezone.localdate(self.now))

    def clean_people(self) -> list[tuple[str, str, str]]:
        return read_people(self.cleaned_data["people"])

    def clean_last_contact_on(self) -> date:
        on: date = not_later(self, "last_contact_on")
        if self.now is not None and on < timezone.localdate(self.now) - timedelta(days=60):
            raise forms.ValidationError(_now("最后接触不能早于 60 天以前。"))
        return on


class RecordContacts(ActionForm):
    """One form for everybody under observation: whoever is not ticked was asked and is well."""

    on = day(_("日期"))
    ill = forms.ModelMultipleChoiceField(
        label=_("有症状的"), queryset=Contact.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("没有就不勾，其余的人记为正常。")
    )
    missed = forms.ModelMultipleChoiceField(label=_("没联系上的"), queryset=Contact.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))
        if not isinstance(self.target, Outbreak):
            return
        for name in ("ill", "missed"):
            self.fields[name].queryset = Contact.objects.filter(outbreak=self.target, state=ContactState.OBSERVED).order_by("pk")  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda contact: contact.name  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        return not_later(self, "on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if set(cleaned.get("ill") or []) & set(cleaned.get("missed") or []):
            self.add_error("missed", _now("同一个人不能既有症状又没联系上。"))
        return cleaned


class EndContact(ActionForm):
    state = forms.ChoiceField(label=_("结果"), choices=[(value, words) for value, words in ContactState.choices if value != ContactState.OBSERVED])
    on = day(_("日期"))

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        return not_later(self, "on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        early = isinstance(self.target, Contact) and cleaned.get("on") and cleaned["on"] <= self.target.until_on
        if cleaned.get("state") == ContactState.RELEASED and early:
            self.add_error("state", _now("要观察到 %(until)s，第二天起才能期满解除。") % {"until": self.target.until_on.isoformat()})
        return cleaned
