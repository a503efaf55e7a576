"""The catalogue that is shipped, and files that are wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from weimin.catalogue.bundles import bundles
from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import FilesInvalid, read_files, shipped, to_yaml
from weimin.catalogue.rules import faults, union_of_materials
from weimin.catalogue.tests.builders import content
from weimin.catalogue.vocabulary import WINDOWS, groups, life_events, themes

pytestmark = pytest.mark.req("S1")
GOOD = """\
defaults: {window: civil, theme: elderly, subject: 县民政局}
items:
- code: CV0001
  name: 高龄津贴申领
  legal_basis: [老年人权益保障法]
  who_may: 年满 80 周岁的老年人
  materials: [id_card, bank_account]
  steps: [accept village, decide township 5 workday]
  promised_limit: 10 workday
  result: 按月发放
"""


def wrong(text: str) -> list[str]:
    with pytest.raises(FilesInvalid) as refused:
        read_files({"a.yaml": text})
    return refused.value.lines


def test_at_least_eighty_items_are_shipped_for_all_five_windows() -> None:
    windows = Counter(row.window for row in shipped())
    assert len(shipped()) >= 80
    assert set(windows) == set(WINDOWS)
    assert min(windows.values()) >= 10


def test_every_shipped_item_says_what_a_resident_asks_first() -> None:
    dumb = [row.code for row in shipped() if not (row.words and row.groups and row.who_may and row.result)]
    assert dumb == []


def test_every_theme_event_and_group_has_an_item_and_both_languages() -> None:
    used = {row.theme for row in shipped()} | {word for row in shipped() for word in [*row.life_events, *row.groups]}
    words = [*themes().values(), *life_events().values(), *groups().values()]
    assert {word.key for word in words} - used == set()
    assert all(word.name and word.english for word in words)


def test_bundles_name_shipped_items_and_share_their_papers() -> None:
    known = {row.code: row for row in shipped()}
    for bundle in bundles().values():
        parts = [known[code] for code in bundle.items]
        asked = sum(len(part.materials) for part in parts)
        assert bundle.life_event in life_events()
        assert len(union_of_materials(parts)) < asked


def test_a_catalogue_written_out_reads_back_as_it_was() -> None:
    assert read_files({"all.yaml": to_yaml(list(shipped()))}) == list(shipped())


def test_short_forms_and_defaults_are_written_out() -> None:
    (found,) = read_files({"a.yaml": GOOD})
    assert (found.window, found.promised_limit.value, found.steps[1].limit.unit) == ("civil", 10, "workday")
    assert [(row.key, row.name, row.shared) for row in found.materials][0] == ("id_card", "申请人居民身份证", "公安人口信息")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("promised_limit: 10 workday", "promised_limit: 10 workdays", "a.yaml 第 9 行 items[CV0001].promised_limit：应当是下面还有内容的一组键。"),
        ("window: civil", "window: town", "可选：party、livelihood、family、agency、civil。"),
        ("  result:", "  results:", "不认识的键“results”，是不是“result”？"),
        ("theme: elderly", "theme: old", "没有这个主题：old。"),
        ("bank_account]", "{key: x, name: 其他材料}]", "a.yaml 第 7 行 items[CV0001].materials[x].name：“其他材料”没有说清是什么材料"),
        ("items:", "things:", "文件里没有事项"),
        ("accept village", "*x", "文件里不用锚点（&）和引用（*）"),
    ],
)
def test_a_fault_names_file_line_and_field(old: str, new: str, said: str) -> None:
    assert any(said in line for line in wrong(GOOD.replace(old, new, 1)))


def test_a_code_is_used_once_in_all_files() -> None:
    with pytest.raises(FilesInvalid) as refused:
        read_files({"a.yaml": GOOD, "b.yaml": GOOD})
    assert refused.value.lines == ["b.yaml 第 1 行 CV0001：事项编码和 a.yaml 里的重复。"]


def test_the_builders_list_is_right() -> None:
    assert faults(ItemContent.model_validate(content())) == []
