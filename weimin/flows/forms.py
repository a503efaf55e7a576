"""The shape of input of the step actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm


class UrgeForm(ActionForm):
    note = forms.CharField(label=_("催办意见"), max_length=200, required=False, help_text=_("会发给承办岗位；第二次催办同时发给上一级。"))


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("会记入办理过程，所有经办人可见。"))


class ExtendForm(ActionForm):
    days = forms.IntegerField(
        label=_("延长多少"),
        min_value=1,
        max_value=366,
        help_text=_("按这一步时限的单位计算：工作日、自然日、小时或月。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("写明依据，会记入办理过程。"))
