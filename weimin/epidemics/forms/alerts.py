"""What the institution found about an alert, and the outbreak that comes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.epidemics.diseases import choices
from weimin.epidemics.forms.parts import day, line, text, with_blank
from weimin.epidemics.models import Alert
from weimin.ui.widgets import Suggest


class VerifyAlert(ActionForm):
    finding = text(_("核实情况"), help_text=_("去了哪里、看了几个人、怎样判断。不写患者姓名。"))


class DismissAlert(ActionForm):
    reason = text(_("排除的理由"), help_text=_("例如：集体接种后的反应，两天内好转。不写患者姓名。"))


class HandleAlert(ActionForm):
    handling = text(_("处置情况"), help_text=_("不用立案的，写明做了什么。"))


class CloseAlert(ActionForm):
    note = line(_("说明"), 200)


class OutbreakFacts(ActionForm):
    disease = forms.ChoiceField(label=_("病种"))
    name = line(_("疫情名称"), 80, widget=Suggest(), help_text=_("不填就用学校和病种。"))
    first_on = day(_("首例日期"))

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        self.offer("disease", with_blank(choices(today)))
        if isinstance(self.target, Alert):
            self.initial.setdefault("first_on", self.target.first_on)
            if self.target.what == "case":
                self.initial.setdefault("disease", self.target.of)
        self.initial.setdefault("first_on", today)

    def clean_first_on(self) -> Any:
        return not_later(self, "first_on")


class OpenOutbreak(OutbreakFacts):
    """From a verified alert: place and days are known."""
