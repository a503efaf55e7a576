"""Channels of publicity and their totals. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.buildout.plan.schema import Plan
from weimin.regions.rules import Level, level, township_of
from weimin.walls.errors import RuleBroken

LETTER = "letter"
# What plans 1 and 5 and the requirements (N12) name; for a plan that says nothing of its own.
USUAL = (
    ("wall_slogan", gettext_lazy("标语")), ("photo_advertisement", gettext_lazy("宣传展板")), ("led", gettext_lazy("LED 字幕")),
    ("wechat", gettext_lazy("微信")), ("sms", gettext_lazy("手机短信")),
)  # fmt: skip
LETTER_LABEL = gettext_lazy("致居民的一封信")


def channels_of(plan: Plan) -> list[tuple[str, str]]:
    """(key, words) of the plan's own channels, or the usual ones; a letter to residents is always possible."""
    own = [(row.key, row.label) for row in plan.publicity.channels] if plan.publicity else []
    found = own or [(key, str(words)) for key, words in USUAL]
    return found if any(key == LETTER for key, _words in found) else [*found, (LETTER, str(LETTER_LABEL))]


def check_begun(starts_on: date, today: date) -> None:
    """People reached are counted once the campaign has begun."""
    if today < starts_on:
        raise RuleBroken(_("活动 %(day)s 才开始，还不能登记覆盖人数。") % {"day": starts_on.isoformat()})


@dataclass
class Total:
    """Campaigns and people reached of one channel or township; `uncounted` have no figure yet."""

    key: str | int
    label: str
    campaigns: int = 0
    reached: int = 0
    uncounted: int = 0

    def add(self, reached: int | None) -> None:
        self.campaigns += 1
        self.reached += reached or 0
        self.uncounted += reached is None


def by_channel(rows: Iterable[tuple[str, int | None]], channels: Iterable[tuple[str, str]]) -> list[Total]:
    """Every channel of the plan, also those nobody used; then channels of an earlier version of the plan."""
    totals = {key: Total(key, words) for key, words in channels}
    for key, reached in rows:
        totals.setdefault(key, Total(key, key)).add(reached)
    return list(totals.values())


def by_township(rows: Iterable[tuple[int, int | None]], names: dict[int, str]) -> list[Total]:
    """Townships in `names` by code, also those where nothing was done; what the county did itself stands under its own name."""
    totals = {code: Total(code, name) for code, name in sorted(names.items())}
    for region, reached in rows:
        code = place_of(region)
        totals.setdefault(code, Total(code, str(code))).add(reached)
    return list(totals.values())


def place_of(region: int) -> int:
    """The township of a place; a county or wider region stands for itself."""
    return township_of(region) if level(region) >= Level.TOWNSHIP else region
