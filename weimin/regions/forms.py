"""The shape of local flags and corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.regions.models import RegionCorrection, RegionFlag
from weimin.regions.rules import LAST_CODE
from weimin.ui.widgets import DateParts

LINE = RegexValidator(r"[\x00-\x1f\x7f]", _("不能有换行或控制字符。"), inverse_match=True)
LONGEST_PASTE = 200_000


class CodeField(forms.IntegerField):
    """Twelve digits; whether the code exists is the action's question."""

    def __init__(self, **named: Any) -> None:
        super().__init__(min_value=110_000_000_000, max_value=LAST_CODE, **named)


class SetFlag(ActionForm):
    """One region (`code`) or many (`many`: pasted lines of codes or names, or a CSV or Excel file)."""

    code = CodeField(label=_("区划代码"), required=False, help_text=_("12 位代码。一次设一个时填这里。"))
    many = forms.CharField(
        label=_("批量粘贴"), required=False, max_length=LONGEST_PASTE, widget=forms.Textarea({"rows": 6}),
        help_text=_("从 Excel 整列复制过来即可：每行一个代码或名称；同名的请写“乡镇 村名”或代码。"),
    )  # fmt: skip
    file = forms.FileField(label=_("或上传表格"), required=False, help_text=_("CSV 或 Excel，第一列是代码或名称。"))
    flag = forms.ChoiceField(label=_("标记"), choices=RegionFlag.Flag.choices)
    value = forms.TypedChoiceField(
        label=_("是否"), choices=[("yes", _("是")), ("no", _("不是"))], coerce=lambda text: text == "yes", initial="yes",
        help_text=_("“不是”用来纠正国家区划表，例如名为村、实为社区。"),
    )  # fmt: skip
    since_on = forms.DateField(label=_("起始日期"), widget=DateParts)
    until_on = forms.DateField(label=_("结束日期"), widget=DateParts, required=False, help_text=_("没有期限就不填。"))
    source = forms.CharField(label=_("依据"), max_length=200, validators=[LINE], help_text=_("文件名称和文号。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("code") or cleaned.get("many", "").strip() or cleaned.get("file")) and not self.errors:
            self.add_error("code", _("填一个代码，或者批量粘贴，或者上传表格。"))
        since, until = cleaned.get("since_on"), cleaned.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", _("结束日期不能早于起始日期。"))
        return cleaned


class EndFlag(ActionForm):
    until_on = forms.DateField(label=_("最后一天"), widget=DateParts)
    source = forms.CharField(label=_("依据"), max_length=200, validators=[LINE], help_text=_("文件名称和文号。"))

    def clean_until_on(self) -> Any:
        until = self.cleaned_data["until_on"]
        if self.target is not None and until < self.target.since_on:
            raise forms.ValidationError(_("不能早于标记的起始日期。"))
        return until


class Correct(ActionForm):
    code = CodeField(label=_("区划代码"), help_text=_("新设时填新的 12 位代码。"))
    change = forms.ChoiceField(label=_("变更"), choices=RegionCorrection.Change.choices)
    name = forms.CharField(label=_("新名称"), max_length=80, required=False, validators=[LINE], help_text=_("更名和新设时填。"))
    into = CodeField(label=_("并入区划"), required=False, help_text=_("并入时填对方的 12 位代码。"))
    effective_on = forms.DateField(label=_("生效日期"), widget=DateParts)
    source = forms.CharField(label=_("依据"), max_length=200, validators=[LINE], help_text=_("批复或公告的名称和文号。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        change = cleaned.get("change")
        if change in ("rename", "add") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("请填新名称。"))
        if change == "merge" and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("请填并入的区划代码。"))
        if change != "merge":
            cleaned["into"] = None
        if change in ("abolish", "merge"):
            cleaned["name"] = ""
        return cleaned
