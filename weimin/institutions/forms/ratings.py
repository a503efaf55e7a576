"""Star ratings: applied for, confirmed; the quarterly bulletin."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.actions.forms import LINE, ActionForm
from weimin.institutions.models import QuarterBulletin, Rating
from weimin.institutions.wording import stars_words
from weimin.papers.rules import DOCUMENT_NUMBER


class ApplyRating(ActionForm):
    year = forms.TypedChoiceField(label=_("评定年度"), coerce=int)
    statement = forms.CharField(label=_("申报说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        year = timezone.localdate(self.now).year
        self.offer("year", [(year, year), (year - 1, year - 1)])
        self.initial.setdefault("year", year)


class ConfirmRating(ActionForm):
    """The bureau's stars; other ones than computed need the reason."""

    stars = forms.TypedChoiceField(label=_("评定的星级"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), required=False, max_length=300, validators=[LINE], help_text=_("和计算的星级不同的，要写明理由。"))

    def prepare(self) -> None:
        self.offer("stars", [(0, _("不评星")), *((number, stars_words(number)) for number in range(1, 6))])
        if isinstance(self.target, Rating):
            self.initial.setdefault("stars", self.target.computed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Rating) and cleaned.get("stars") not in (None, self.target.computed) and not cleaned.get("reason"):
            self.add_error("reason", _("和计算的星级不同，请写明理由。"))
        return cleaned


def quarters_over(today: date, most: int = 4) -> list[tuple[int, int]]:
    """(year, quarter) of the quarters that are over, the latest first."""
    index = today.year * 4 + (today.month - 1) // 3
    return [((index - back) // 4, (index - back) % 4 + 1) for back in range(1, most + 1)]


class IssueBulletin(ActionForm):
    period = forms.ChoiceField(label=_("季度"))
    issuer = forms.CharField(label=_("发文机关"), max_length=60, validators=[LINE])
    document_number = forms.CharField(label=_("发文字号"), required=False, max_length=60, help_text=_("例如：德卫发〔2026〕5号；没有可以不填。"))

    def prepare(self) -> None:
        post = Post.objects.filter(pk=self.actor.post).first() if self.actor and self.actor.post else None
        self.initial.setdefault("issuer", post.unit if post else "")
        spans = quarters_over(timezone.localdate(self.now))
        self.offer("period", [(f"{year}-{quarter}", _("%(year)d 年第 %(quarter)d 季度") % {"year": year, "quarter": quarter}) for year, quarter in spans])

    def clean_period(self) -> tuple[int, int]:
        year, quarter = (int(part) for part in self.cleaned_data["period"].split("-"))
        if QuarterBulletin.objects.filter(year=year, quarter=quarter).exists():
            raise forms.ValidationError(_("这个季度的通报已经印发。"))
        return year, quarter

    def clean_document_number(self) -> str:
        number: str = self.cleaned_data["document_number"]
        if number and not DOCUMENT_NUMBER.fullmatch(number):
            raise forms.ValidationError(_("发文字号应写成“德卫发〔2026〕5号”的样子。"))
        return number
