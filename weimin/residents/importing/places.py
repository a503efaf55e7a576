"""Which village a row means: by code or by name, with or without the township, inside the actor's range only."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import polars as pl
from django.utils.translation import gettext as _

from weimin.regions.fields import range_top
from weimin.regions.models import Region
from weimin.regions.queries import inside
from weimin.regions.rules import Level, township_of
from weimin.walls.actor import Actor


class Places:
    """The villages of a post. What lies outside is as unknown as what does not exist."""

    def __init__(self, actor: Actor) -> None:
        top = range_top(actor)
        self.regions = [region for region in inside(top) if actor.covers(region.code)]
        self.alone = top if actor.low == actor.high else None

    @cached_property
    def villages(self) -> dict[int, Region]:
        return {region.code: region for region in self.regions if region.level == Level.VILLAGE}

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for code, region in self.villages.items():
            for name in {region.name, region.short}:
                found[name].append(code)
        return found

    @cached_property
    def townships(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for region in self.regions:
            if region.level == Level.TOWNSHIP:
                found[region.name].add(region.code)
                found[region.short].add(region.code)
        return found

    def resolve(self, township: str, village: str) -> tuple[int | None, str]:
        """(code, "") or (None, what is wrong)."""
        if not village:
            return (self.alone, "") if self.alone else (None, _("请填写村（社区）。"))
        if village.isascii() and village.isdigit() and len(village) == 12:
            code = int(village)
            return (code, "") if code in self.villages else (None, _("没有这个区划代码，请核对。"))
        words = village.split()
        township, name = (words[0], words[-1]) if len(words) > 1 else (township, village)
        found = self.by_name.get(name, [])
        if township:
            above = self.townships.get(township, set())
            found = [code for code in found if township_of(code) in above]
        if not found:
            return None, _("没有找到“%(name)s”，请核对乡镇和村的名称。") % {"name": name[:30]}
        return (found[0], "") if len(found) == 1 else (None, _("“%(name)s”不止一个，请填写乡镇。") % {"name": name[:30]})

    def resolved(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with `region` and `region_wrong`; every different pair is looked up once."""
        pairs = frame.select("township", "village").unique()
        answers = [self.resolve(*pair) for pair in pairs.iter_rows()]
        table = pairs.with_columns(
            pl.Series("region", [code for code, _wrong in answers], pl.Int64), pl.Series("region_wrong", [wrong for _code, wrong in answers], pl.String)
        )
        return frame.join(table, on=["township", "village"], how="left", maintain_order="left")
