"""The shape of input of ratings: five grades with a few words, and what is done about a bad one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.cases.rules_rating import CHANNELS, GRADES, TAGS, check_tags, tags_asked
from weimin.walls.errors import RuleBroken

DEVICE, PHONE, ONLINE = ("device",), ("phone",), ("qr", "portal", "sms")
CHANNELS_OF = {"window": DEVICE, "village": DEVICE, "lead_office": PHONE}


def text(label: Any, **named: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **named)


class RateCase(ActionForm):
    """A grade, and if wanted tags and words. The channels are those of whoever takes the rating."""

    grade = forms.TypedChoiceField(label=_("您满意吗？"), coerce=int, choices=list(GRADES.items()), widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(label=_("哪些方面（可不选）"), required=False, widget=forms.CheckboxSelectMultiple)
    words = text(_("想说的话（可不填）"), required=False)
    anonymous = forms.BooleanField(label=_("不留姓名"), required=False, help_text=_("不留姓名的，我们不会联系您，照样核实整改。"))
    channel = forms.ChoiceField(label=_("评价渠道"))

    def prepare(self) -> None:
        """Choices by role; where there is one channel only, it need not be chosen."""
        online = self.target is None or self.target.channel == "portal"
        self.offer("tags", [(tag, TAGS[tag]) for tag in tags_asked(online=online)])
        role = self.actor.role if self.actor is not None else ""
        offered = CHANNELS_OF.get(role, ONLINE)
        self.offer("channel", [(key, CHANNELS[key]) for key in offered])
        self.initial.setdefault("channel", offered[0])
        if len(offered) == 1:
            self.fields["channel"].required = False
            self.fields["channel"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "channel" in cleaned and not cleaned["channel"]:
            cleaned["channel"] = self.initial["channel"]
        try:
            if cleaned.get("grade"):
                check_tags(cleaned["grade"], cleaned.get("tags", ()))
        except RuleBroken as refusal:
            self.add_error("tags", str(refusal))
        return cleaned


class LogContact(ActionForm):
    note = text(_("联系情况"), help_text=_("例如：电话无人接听，明天上午再打。"))


class VerifyRating(ActionForm):
    """What the contact brought: it is true, it is not, or it is taken back."""

    reached = forms.ChoiceField(label=_("是否联系上评价人"), choices=[("yes", _("联系上了")), ("no", _("没有联系上"))], widget=forms.RadioSelect)
    finding = forms.ChoiceField(
        label=_("核实结果"), widget=forms.RadioSelect,
        choices=[("mend", _("属实或者应当整改")), ("unverified", _("不属实")), ("withdrawn", _("本人撤回评价"))],
    )  # fmt: skip
    note = text(_("核实情况"), help_text=_("写给整改岗位看，不写评价人的姓名和电话。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reached") == "no" and cleaned.get("finding") == "withdrawn":
            self.add_error("finding", _("没有联系上评价人，不能登记本人撤回。"))
        return cleaned


class MendRating(ActionForm):
    mending = text(_("整改情况"), help_text=_("做了什么、以后怎么防止。"))


class AppealRating(ActionForm):
    appeal = text(_("申诉理由"), help_text=_("认为差评不属实或者与本岗位无关的，写明理由。"))


class AnswerAppeal(ActionForm):
    accepted = forms.ChoiceField(label=_("答复"), choices=[("yes", _("申诉成立，差评不属实")), ("no", _("申诉不成立，继续整改"))], widget=forms.RadioSelect)
    answer = text(_("答复理由"))


class CallBack(ActionForm):
    satisfied = forms.ChoiceField(
        label=_("评价人对整改是否满意"), widget=forms.RadioSelect,
        choices=[("yes", _("满意")), ("unreached", _("没有联系上（已按规定次数回访）")), ("no", _("不满意，继续整改"))],
    )  # fmt: skip
    note = text(_("回访情况"))


class ShowRater(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
