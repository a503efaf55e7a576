"""The shape of input for publicity: a campaign, its reach, a letter to residents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.buildout.forms_places import OwnPlace
from weimin.buildout.rules_publicity import channels_of
from weimin.regions.fields import PlaceField, offer_places
from weimin.ui.widgets import DateParts

MOST_REACHED = 10_000_000
ORDER = _("结束日期不能早于开始日期。")


class CampaignForm(ActionForm):
    """One piece of publicity; the channels are the plan's."""

    channel = forms.ChoiceField(label=_("宣传方式"))
    where = PlaceField(label=_("所在区划"))
    place = forms.CharField(label=_("具体地点"), max_length=100, validators=[LINE], help_text=_("例如：村口公路边墙面、村民微信群。"))
    text = forms.CharField(label=_("宣传内容"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    audience = forms.CharField(label=_("对象"), max_length=100, required=False, validators=[LINE])
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), required=False, widget=DateParts)
    reached = forms.IntegerField(label=_("覆盖人数"), required=False, min_value=0, max_value=MOST_REACHED, help_text=_("还不知道的可以以后登记。"))
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("照片：JPG、PNG 或 WebP"))

    def prepare(self) -> None:
        offer_places(self, "where")
        if self.target is not None:
            content = self.target.content
            self.offer("channel", channels_of(content))
            if content.publicity:
                self.fields["audience"].help_text = "、".join(content.publicity.audiences)
                self.fields["text"].help_text = "；".join(row.text for row in content.publicity.slogans)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ends_on") and cleaned.get("starts_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", ORDER)
        if (
            cleaned.get("reached") is not None
            and cleaned.get("starts_on")
            and self.now is not None
            and cleaned["starts_on"] > timezone.localtime(self.now).date()
        ):
            self.add_error("reached", _("活动还没有开始，覆盖人数以后再登记。"))
        return cleaned


class ReachForm(ActionForm):
    """How many people a campaign reached, and when it ended."""

    reached = forms.IntegerField(label=_("覆盖人数"), min_value=0, max_value=MOST_REACHED)
    ends_on = forms.DateField(label=_("结束日期"), required=False, widget=DateParts)
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("照片：JPG、PNG 或 WebP"))

    def prepare(self) -> None:
        if self.target is not None:
            self.initial = {"reached": self.target.reached, "ends_on": self.target.ends_on, **self.initial}

    def clean_ends_on(self) -> Any:
        on = self.cleaned_data["ends_on"]
        if on is not None and self.target is not None and on < self.target.starts_on:
            raise forms.ValidationError(ORDER)
        return on


class LetterForm(ActionForm):
    """A letter to residents; what the plan says is filled in already and may be rewritten."""

    where = OwnPlace(label=_("写给哪里的居民"))
    salutation = forms.CharField(label=_("称呼"), max_length=60, validators=[LINE])
    body = forms.CharField(label=_("正文"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10}), help_text=_("一行一段。"))
    phone = forms.CharField(label=_("咨询电话"), max_length=30, required=False, validators=[LINE])
    signed_by = forms.CharField(label=_("落款单位"), max_length=100, validators=[LINE])
    signed_on = forms.DateField(label=_("落款日期"), widget=DateParts)
    ending = forms.ChoiceField(label=_("文件格式"), choices=(("docx", "Word"), ("pdf", "PDF")), initial="docx", widget=forms.RadioSelect)

    def prepare(self) -> None:
        offer_places(self, "where")
