"""The sheet of residents: its columns, what may stand in them, and the template that is filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE
from weimin.regions.fields import range_top
from weimin.regions.queries import inside
from weimin.regions.rules import Level, township_of
from weimin.residents.models import Gender, GroupKind, IdKind, Marital
from weimin.sheets.template import Dependent, Lists, template
from weimin.walls.actor import Actor

VERSION = "2026-1"
MOST_FILES = 12


def text(label: Any, length: int, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, validators=[LINE])


class ResidentRow(forms.Form):
    """One person a row; who has the same household number in the same village lives together."""

    township = text(_("乡镇"), 60, _("村名在全县只有一个的可以不填"))
    village = text(_("村（社区）"), 60, _("村名，或 12 位区划代码"), required=True)
    household = text(_("户号"), 20, _("同一户填同一个号；不在户里的不填"))
    relation = text(_("与户主关系"), 20, _("户主、配偶、子、女……；每户一个户主"))
    name = text(_("姓名"), 60, required=True)
    id_kind = forms.ChoiceField(label=_("证件类型"), choices=IdKind.choices, required=False, help_text=_("不填为居民身份证"))
    id_number = text(_("证件号码"), 24, _("文本格式，18 位"))
    gender = forms.ChoiceField(label=_("性别"), choices=Gender.choices, required=False, help_text=_("有身份证号的可以不填"))
    birth_on = forms.DateField(label=_("出生日期"), required=False, help_text=_("如 1990-03-01；有身份证号的可以不填"))
    ethnicity = text(_("民族"), 20)
    phone = text(_("联系电话"), 20)
    address = text(_("住址"), 200)
    marital = forms.ChoiceField(label=_("婚姻状况"), choices=Marital.choices, required=False)
    education = text(_("文化程度"), 20)
    occupation = text(_("职业"), 40)
    groups = forms.MultipleChoiceField(label=_("人群"), choices=GroupKind.choices, required=False, help_text=_("如：残疾人、低保对象；几种用顿号隔开"))
    registered = text(_("户籍地代码"), 12, _("户籍不在居住地的填 12 位区划代码"))


SAMPLES = [
    dict(zip(("township", "village", "household", "relation", "name", "id_number"), row, strict=True))
    for row in (("板溪镇", "扎营村", "1-001", "户主", "张三", "11010519491231002X"), ("板溪镇", "扎营村", "1-001", "配偶", "李四", ""))  # text: data
]


def filled_in(actor: Actor, mark: str = "") -> bytes:
    """The template for a post: its own townships and villages as lists, the village's list following the township."""
    return template(ResidentRow, title=_now("居民登记表"), version=VERSION, lists=place_lists(actor), samples=SAMPLES, mark=mark)


def place_lists(actor: Actor) -> Lists:
    regions = inside(range_top(actor))
    towns = {region.code: region.short for region in regions if region.level == Level.TOWNSHIP}
    villages = [region for region in regions if region.level == Level.VILLAGE]
    if not towns:
        return {"village": [region.short for region in villages]}
    below = {name: [row.short for row in villages if township_of(row.code) == code] for code, name in towns.items()}
    return {"township": list(below), "village": Dependent("township", below)}
