"""Plans and places for tests: the shipped files, the official codes, and small plans written in the test."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from weimin.buildout.plan.read import FileInvalid, Problem, read_plan
from weimin.buildout.plan.schema import Plan

ROOT = Path(__file__).parents[3]
FILES = {
    "youyang": ROOT / "plans/youyang-rural-ecommerce.yaml",
    "tupo": ROOT / "plans/tupo-village-centres.yaml",
    "decheng": ROOT / "plans/decheng-community-health.yaml",
    "third": Path(__file__).parent / "data/third-plan.yaml",
}

SMALL = """\
meta:
  code: small-plan
  title: 小方案
  issuer: 县政府
  issued_on: 2026-03-01
  region: 500242
  source: 测试
guidance: {purpose: 办事}
roles:
  - {key: town, label: 乡镇, system_role: township, level: township}
tiers:
  - key: station
    label: 村站
    level: village
    where: {rule: coverage, kinds: [village], coverage: 85}
    name_pattern: "{region}站"
    steps:
      - {key: file, label: 备案, role: town, reaches: filed, starts_on: 2026-03-02, due_on: 2026-03-31, basis: 报备案}
      - {key: open, label: 开业, role: town, reaches: open, due_on: 2026-04-30, basis: 开业}
"""


@dataclass(frozen=True)
class Places:
    """Official codes and flags of a region."""

    townships: dict[int, str]
    villages: dict[int, str]
    communities: dict[int, str]
    key_townships: frozenset[int] = field(default=frozenset())
    poverty_villages: frozenset[int] = field(default=frozenset())


@cache
def text_of(name: str) -> str:
    return FILES[name].read_text(encoding="utf-8")


@cache
def plan_of(name: str) -> Plan:
    return read_plan(text_of(name))


@cache
def official(low: int, high: int) -> Places:
    """The places of a region out of the national file."""
    frame = pl.read_parquet(ROOT / "weimin/regions/data/regions.parquet", columns=["code", "name"])
    rows = dict(frame.filter(pl.col("code").is_between(low, high)).iter_rows())
    return Places(
        {code: name for code, name in rows.items() if code % 1000 == 0 and code % 10**6},
        {code: name for code, name in rows.items() if code % 1000 >= 200},
        {code: name for code, name in rows.items() if 0 < code % 1000 < 200},
    )


def places_of(name: str) -> Places:
    meta = plan_of(name).meta
    return official(meta.low, meta.high)


def small(**replaced: str) -> str:
    """The small plan with pieces of text replaced: small(**{"old": "new"}) refuses what is not there."""
    text = SMALL
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    return text


def problems_of(text: str) -> list[Problem]:
    """What is wrong with a text; fails when nothing is."""
    try:
        read_plan(text)
    except FileInvalid as invalid:
        return invalid.problems
    raise AssertionError("the plan was read without a problem")
