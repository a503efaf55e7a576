"""Taking over a holiday notice on the page; the reading and its rules are `weimin.calendars.publish`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.actions.registry import Outcome, register
from weimin.calendars.publish import CalendarInvalid, import_csv
from weimin.calendars.rules import NATION
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import here

LARGEST = 512 * 1024
MOST_TOLD = 20


class NoticeForm(ActionForm):
    """A CSV file in the form that the page exports."""

    file = forms.FileField(
        label=_("放假安排文件"), help_text=_("CSV 文件，列为：日期、类型、名称、来源、适用区划；适用区划空着表示全国。可以先导出一年作样子。")
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("文件不能超过 512 KB。"))
        content = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return str(text)
        raise forms.ValidationError(_("读不懂这个文件，请另存为“CSV UTF-8”再导入。"))


def whole_jurisdiction(target: None, data: dict[str, Any]) -> int:
    return here().code


def concerns(by: Actor, region: int) -> bool:
    """The own range; the nation's days only where nobody else works by them."""
    return by.covers(region) if region != NATION else Jurisdiction.objects.count() == 1


def refusal(region: int) -> str:
    if region == NATION:
        return _now(
            "没有导入：全国的放假安排由几个辖区共用，请平台管理员在服务器上用 weimin calendar import 导入；本辖区自己的节假日请在“适用区划”写上区划代码。"
        )
    return _now("没有导入：适用区划 %(code)s 不在您的辖区内。") % {"code": region}


@register("calendars.import_notice", label=_("导入放假安排"), form=NoticeForm, roles=("administrator",), region=whole_jurisdiction, keeps_draft=False)
def import_notice(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """导入国务院或民族自治地方的放假安排，该年转为“已公布”，暂定的期限随之重算。"""
    try:
        pairs = import_csv(data["file"])
    except CalendarInvalid as invalid:
        raise RuleBroken(_now("没有导入，什么都没有改动：") + " ".join(invalid.faults[:MOST_TOLD])) from None
    elsewhere = sorted({region for _year, region in pairs if not concerns(by, region)})
    if elsewhere:
        raise RuleBroken(refusal(elsewhere[0]))
    years = sorted({year for year, _region in pairs})
    said = _now("已导入 %(years)s 年放假安排，相关期限已重算。") % {"years": "、".join(map(str, years))}
    return Outcome(None, after={"pairs": [list(pair) for pair in pairs]}, message=said, next_url=f"{reverse('calendars:year')}?year={years[-1]}")
