"""Good and bad ratings (好差评): grades, who may see what, how far a bad one is, and the two rates (C-30 to C-34). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML

from weimin.walls.errors import RuleBroken

TABLE: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("data") / "rating.yaml")
GRADES = {
    5: gettext_lazy("非常满意"),
    4: gettext_lazy("满意"),
    3: gettext_lazy("基本满意"),
    2: gettext_lazy("不满意"),
    1: gettext_lazy("非常不满意"),
}
BAD = (1, 2)
TAGS = {
    "fast": gettext_lazy("办得快"),
    "clear": gettext_lazy("讲得清楚"),
    "kind": gettext_lazy("态度好"),
    "one_visit": gettext_lazy("只跑一次"),
    "near": gettext_lazy("在家门口就办了"),
    "slow": gettext_lazy("办得慢"),
    "unclear": gettext_lazy("没有讲清楚"),
    "rude": gettext_lazy("态度不好"),
    "again_and_again": gettext_lazy("让我多跑了几次"),
    "extra_papers": gettext_lazy("多要了材料"),
    "charged": gettext_lazy("收了不该收的钱"),
    "nobody_there": gettext_lazy("窗口没有人"),
    "guide_right": gettext_lazy("办事指南写得准"),
    "easy_online": gettext_lazy("网上好操作"),
    "guide_wrong": gettext_lazy("办事指南写得不准"),
    "hard_online": gettext_lazy("网上不好操作"),
}
CHANNELS = {
    "device": gettext_lazy("窗口评价器"),
    "qr": gettext_lazy("二维码"),
    "portal": gettext_lazy("网上"),
    "sms": gettext_lazy("短信"),
    "phone": gettext_lazy("电话"),
}
CALL_BACK_DESK = frozenset({"lead_office"})
OVERSEERS = frozenset({"lead_office", "supervisor"})


def is_bad(grade: int) -> bool:
    """C-30: not satisfied and very dissatisfied."""
    return grade in BAD


def tags_for(grade: int) -> tuple[str, ...]:
    kind = "bad" if is_bad(grade) else "good"
    return (*TABLE["tags"][kind], *TABLE["online_tags"][kind])


def tags_asked(*, online: bool) -> tuple[str, ...]:
    """What a rater may choose from: of a case that came over the portal also how that was (C-32)."""
    return tuple(tag for table in ("tags", "online_tags") if online or table == "tags" for kind in ("good", "bad") for tag in TABLE[table][kind])


def check_tags(grade: int, tags: Iterable[str]) -> None:
    """A tag belongs to good or to bad grades, so that a bad grade does not praise by a slip."""
    odd = [tag for tag in tags if tag not in tags_for(grade)]
    if odd:
        raise RuleBroken(_("“%(tag)s”和所选的满意程度不相符，请重新选择。") % {"tag": TAGS.get(odd[0], odd[0])})


def check_ratable(ended_on: date | None, rated: bool, today: date) -> None:
    """C-31: a case is rated once, after it ended, while the period runs."""
    if rated:
        raise RuleBroken(_("这个办件已经评价过，一件只评一次。谢谢您。"))
    if ended_on is None:
        raise RuleBroken(_("这个办件还没有办结，办结后再请您评价。"))
    if today > ended_on + timedelta(days=TABLE["open_days"]):
        raise RuleBroken(_("办结已经超过 %(days)d 天，不能再评价。有意见可以拨打服务电话。") % {"days": TABLE["open_days"]})


def reminded_on(today: date) -> date:
    """The day on which the cases ended that are reminded today (C-33: three days)."""
    return today - timedelta(days=TABLE["reminder_days"])


def mending_desk(decided_at: str) -> str:
    """The desk that answers for a case: the county's office for what the county decides, else the township."""
    return "county_office" if decided_at == "county" else "township"


def sees_rater(role: str) -> bool:
    """Which case a grade is of is known to the desk that calls back and to nobody who handles cases (C-31): were the good ones shown, the others would be the bad."""
    return role in CALL_BACK_DESK


def check_attempts(reached: bool, attempts: int) -> None:
    """A rater who was called on fewer days than the table says is called again."""
    if not reached and attempts < TABLE["contact_attempts"]:
        raise RuleBroken(_("还没有联系够 %(count)d 次，请先登记联系情况。") % {"count": TABLE["contact_attempts"]})


def satisfaction(grades: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """(satisfied, valid) out of (grade, how many): grades 5, 4 and 3 of all that stand (C-34)."""
    satisfied = valid = 0
    for grade, count in grades:
        valid += count
        satisfied += 0 if is_bad(grade) else count
    return satisfied, valid
