"""What a jurisdiction's administrator adds to the national division file: local flags and corrections, inside the own range."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.actions.registry import Outcome, register
from weimin.regions.forms import Correct, EndFlag, SetFlag
from weimin.regions.models import RegionCorrection, RegionFlag
from weimin.regions.pasting import Reading, read_lines, text_of
from weimin.regions.queries import find_standing
from weimin.regions.rules import Level, level, parent
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken

ADMINISTRATOR = ("administrator",)
SUITS = {"key_township": Level.TOWNSHIP, "poverty_village": Level.VILLAGE, "administrative_village": Level.VILLAGE}
SHOWN_PROBLEMS = 20


def where(target: None, data: dict[str, Any]) -> int:
    """The region that was typed; for a list the codes are checked one by one, and the trail is written at the first."""
    return data["code"] or data["codes"][0]


def read_many(actor: Actor, data: dict[str, Any]) -> list[int]:
    """All codes that were meant; RuleBroken with every line that was not understood, and then nothing is written."""
    lines = data["many"].splitlines()
    if data["file"]:
        lines += text_of(data["file"].read())
    reading = read_lines(lines, actor.low, actor.high) if lines else Reading()
    if reading.problems:
        shown = reading.problems[:SHOWN_PROBLEMS]
        rest = len(reading.problems) - len(shown)
        more = [_("另有 %(count)d 行也有问题。") % {"count": rest}] if rest else []
        raise RuleBroken(_("没有设置，请先改正：") + " ".join([*shown, *more]))
    codes = ([data["code"]] if data["code"] else []) + [code for code in reading.codes if code != data["code"]]
    if not codes:
        raise RuleBroken(_("粘贴的内容或表格里没有代码或名称。"))
    return codes


def check_suits(codes: list[int], flag: str, actor: Actor, data: dict[str, Any]) -> None:
    """Only townships can be key townships, only villages the other two; all of them known and inside the range."""
    for code in codes:
        if not actor.covers(code) or find_standing(code, data["since_on"]) is None:
            raise NotVisible()
        if level(code) != SUITS[flag]:
            words = _("乡镇") if SUITS[flag] == Level.TOWNSHIP else _("村（社区）")
            raise RuleBroken(_("%(code)s 不是%(level)s，不能设这个标记。") % {"code": code, "level": words})


class SetFlagHere(SetFlag):
    """Reads the list when the rest is right, so that its place is known before the action runs."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.actor is not None:
            try:
                cleaned["codes"] = read_many(self.actor, cleaned)
            except RuleBroken as broken:
                self.add_error("code" if cleaned.get("code") and not cleaned.get("many") else "many", str(broken))
        return cleaned


@register("regions.set_flag", label=gettext_lazy("设置区划标记"), roles=ADMINISTRATOR, form=SetFlagHere, region=where)
def set_flag(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """标出重点乡镇、贫困村、行政村，写明起止日期和依据；可以整列粘贴。"""
    check_suits(data["codes"], data["flag"], by, data)
    known = set(RegionFlag.objects.filter(code__in=data["codes"], flag=data["flag"], since_on=data["since_on"]).values_list("code", flat=True))
    rows = [
        RegionFlag(code=code, flag=data["flag"], value=data["value"], since_on=data["since_on"], until_on=data["until_on"], source=data["source"])
        for code in data["codes"] if code not in known
    ]  # fmt: skip
    if not rows:
        raise RuleBroken(_("这些区划从这一天起已经有这个标记，没有重复设置。"))
    RegionFlag.objects.bulk_create(rows)
    label = str(RegionFlag.Flag(data["flag"]).label)
    after = {
        "flag": data["flag"],
        "value": data["value"],
        "since_on": data["since_on"].isoformat(),
        "codes": [row.code for row in rows],
    }
    message = _("已给 %(count)d 个区划设置“%(flag)s”") % {"count": len(rows), "flag": label}
    if known:
        message += _("，另有 %(count)d 个原来就有") % {"count": len(known)}
    return Outcome(rows[0], after=after, message=message, reason=data["source"], next_url=f"/regions/{parent(rows[0].code)}/")


def find_flag(actor: Actor, pk: Any) -> RegionFlag:
    return RegionFlag.objects.select_for_update().get(pk=pk, code__gte=actor.low, code__lte=actor.high)


def check_open(target: RegionFlag, actor: Actor, now: datetime) -> None:
    if target.until_on is not None:
        raise RuleBroken(_("这个标记已经定了结束日期 %(day)s。") % {"day": target.until_on.isoformat()})


@register(
    "regions.end_flag", label=gettext_lazy("结束标记"), roles=ADMINISTRATOR, form=EndFlag, find=find_flag,
    region=lambda target, data: target.code, check=check_open,
)  # fmt: skip
def end_flag(by: Actor, target: RegionFlag, data: dict[str, Any], now: datetime) -> Outcome:
    """到最后一天为止；以前按这个标记算出来的数不变。"""
    target.until_on = data["until_on"]
    target.save(update_fields=["until_on"])
    message = _("标记到 %(day)s 结束") % {"day": target.until_on.isoformat()}
    after = {"until_on": target.until_on.isoformat()}
    return Outcome(
        target,
        before={"until_on": ""},
        after=after,
        message=message,
        reason=data["source"],
        next_url=f"/regions/{target.code}/",
    )


def check_change(actor: Actor, data: dict[str, Any]) -> None:
    """A correction must fit what stands on its day: add only what is not there, change only what is."""
    code, change, on = data["code"], data["change"], data["effective_on"]
    if level(code) < Level.TOWNSHIP:
        raise RuleBroken(_("这里只更正乡镇和村（社区）；县以上随全国区划表更新。"))
    standing = find_standing(code, on)
    if change == "add":
        if standing is not None:
            raise RuleBroken(_("代码 %(code)s 已经有了：%(name)s。") % {"code": code, "name": standing.name})
        if find_standing(parent(code) or 0, on) is None:
            raise RuleBroken(_("代码 %(code)s 的上级不存在，请先新设上级。") % {"code": code})
        return
    if standing is None:
        raise NotVisible()
    if change == "merge":
        check_merge(actor, data, on)


def check_merge(actor: Actor, data: dict[str, Any], on: Any) -> None:
    into = data["into"]
    if into == data["code"]:
        raise RuleBroken(_("不能并入自己。"))
    if not actor.covers(into) or find_standing(into, on) is None:
        raise RuleBroken(_("并入的区划 %(code)s 不在您的管辖范围内，或者不存在。") % {"code": into})
    if level(into) != level(data["code"]):
        raise RuleBroken(_("只能并入同一级的区划。"))


@register(
    "regions.correct",
    label=gettext_lazy("更正区划"),
    roles=ADMINISTRATOR,
    form=Correct,
    region=lambda target, data: data["code"],
)
def correct(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """更名、新设、撤销、并入，从生效日期起算；全国区划表本身不改。"""
    check_change(by, data)
    fields = {name: data[name] for name in ("code", "change", "name", "into", "effective_on", "source")}
    try:
        with transaction.atomic():
            row = RegionCorrection.objects.create(**fields)
    except IntegrityError:
        raise RuleBroken(_("这一天已经登记过同样的变更。")) from None
    message = _("%(change)s已登记，%(day)s 起生效") % {
        "change": row.get_change_display(),
        "day": row.effective_on.isoformat(),
    }
    after = {**fields, "effective_on": row.effective_on.isoformat()}
    return Outcome(row, after=after, message=message, reason=row.source, next_url=f"/regions/{row.code}/")
