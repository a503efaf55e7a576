import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import act
from weimin.regions.models import Region, RegionCorrection, RegionFlag
from weimin.regions.queries import geography, standing, view_of
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("N1")]
FLAG = {"flag": "key_township", "value": "yes", "since_on": "2026-01-01", "source": "酉阳府发〔2026〕1 号"}
CHANGE = {"effective_on": "2026-11-01", "source": "渝府〔2026〕3 号"}


@pytest.fixture
def boss(jurisdiction, actor):
    return actor("administrator", 500242000000)


def test_a_flag_counts_from_its_day_on(boss, now):
    act(boss, "regions.set_flag", FLAG | {"code": 500242101000}, "k", now=now)
    assert geography(500242000000, date(2026, 1, 1)).key_townships == {500242101000}
    assert geography(500242000000, date(2025, 12, 31)).key_townships == frozenset()


def test_a_pasted_column_of_names_and_codes_sets_all_of_them(boss, now):
    act(boss, "regions.set_flag", FLAG | {"many": "名称\n龙潭镇\n500242102000\n\n龙潭镇"}, "k", now=now)
    assert set(RegionFlag.objects.values_list("code", flat=True)) == {500242101000, 500242102000}


def test_lines_that_are_not_understood_are_named_and_nothing_is_set(boss, now):
    with pytest.raises(InputInvalid, match="第 2 行“火星镇”：在您的管辖范围内没有找到"):
        act(boss, "regions.set_flag", FLAG | {"many": "龙潭镇\n火星镇"}, "k", now=now)
    assert RegionFlag.objects.count() == 0


def test_a_name_that_is_there_twice_wants_its_township(boss, now):
    with pytest.raises(InputInvalid, match="同名的"):
        act(boss, "regions.set_flag", FLAG | {"flag": "poverty_village", "many": twice()}, "k", now=now)


def twice() -> str:
    """A village name that occurs at least twice in 酉阳."""
    seen: set[str] = set()
    for region in Region.objects.filter(code__gte=500242000000, code__lte=500242999999, level=5):
        if region.short in seen:
            return region.short
        seen.add(region.short)
    raise AssertionError("no name is there twice")


def test_township_and_village_name_one_place(boss, now):
    name = twice()
    code = Region.objects.filter(code__gte=500242000000, code__lte=500242999999, level=5, name__startswith=name).values_list("code", flat=True)[0]
    town = Region.objects.get(pk=code - code % 1000).name
    act(boss, "regions.set_flag", FLAG | {"flag": "poverty_village", "many": f"{town}\t{name}"}, "k", now=now)
    assert list(RegionFlag.objects.values_list("code", flat=True)) == [code]


def test_an_excel_column_is_read(boss, now):
    book = openpyxl.Workbook()
    for row in (["名称"], ["龙潭镇"], [500242102000]):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    act(boss, "regions.set_flag", FLAG, "k", files={"file": SimpleUploadedFile("镇.xlsx", kept.getvalue())}, now=now)
    assert set(RegionFlag.objects.values_list("code", flat=True)) == {500242101000, 500242102000}


@pytest.mark.parametrize("content", ["龙潭镇,重点\n".encode(), "龙潭镇,重点\n".encode("gb18030")])
def test_a_csv_in_either_encoding_is_read(boss, now, content):
    with pytest.raises(InputInvalid, match="重点"):
        act(boss, "regions.set_flag", FLAG, "k", files={"file": SimpleUploadedFile("a.csv", content)}, now=now)
    plain = content.replace(b",", b"\n").splitlines()[0]
    act(boss, "regions.set_flag", FLAG, "k2", files={"file": SimpleUploadedFile("a.csv", plain)}, now=now)
    assert RegionFlag.objects.get().code == 500242101000


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xff\xfe\x00\x81\xff"])
def test_a_broken_file_is_refused_with_a_sentence(boss, now, content):
    with pytest.raises(InputInvalid, match="读不懂这个文件"):
        act(boss, "regions.set_flag", FLAG, "k", files={"file": SimpleUploadedFile("a.xlsx", content)}, now=now)


def test_a_village_is_no_key_township(boss, now, places):
    with pytest.raises(RuleBroken):
        act(boss, "regions.set_flag", FLAG | {"code": places.village}, "k", now=now)
    assert RegionFlag.objects.count() == 0


@pytest.mark.parametrize("code", [341221203000, 500242999000])
def test_a_place_outside_or_unknown_is_missing(boss, now, code):
    with pytest.raises(NotVisible):
        act(boss, "regions.set_flag", FLAG | {"code": code}, "k", now=now)


def test_a_pasted_code_outside_the_range_is_not_found(jurisdiction, actor, now, places):
    with pytest.raises(InputInvalid, match="没有找到"):
        act(actor("administrator", places.township), "regions.set_flag", FLAG | {"many": "500242102000"}, "k", now=now)


def test_only_the_administrator_sets_flags(jurisdiction, actor, now, places):
    with pytest.raises(NotAllowed):
        act(actor("lead_office", places.county), "regions.set_flag", FLAG | {"code": places.township}, "k", now=now)


def test_a_flag_is_not_set_twice_from_the_same_day(boss, now, places):
    act(boss, "regions.set_flag", FLAG | {"code": places.township}, "k", now=now)
    with pytest.raises(RuleBroken):
        act(boss, "regions.set_flag", FLAG | {"code": places.township, "source": "另一份文件"}, "k2", now=now)


def test_an_ended_flag_does_not_count_after_its_last_day(boss, now, places):
    row = act(boss, "regions.set_flag", FLAG | {"code": places.township}, "k", now=now).subject_id
    act(boss, "regions.end_flag", {"until_on": "2026-11-30", "source": "文件"}, "k2", target=row, now=now)
    assert [len(geography(places.county, date(2026, month, 30 if month == 11 else 1)).key_townships) for month in (11, 12)] == [1, 0]


def test_a_rename_shows_from_its_day_on(boss, now, places):
    act(
        boss,
        "regions.correct",
        CHANGE | {"code": places.township, "change": "rename", "name": "龙潭古镇"},
        "k",
        now=now,
    )
    shown = [standing([Region.objects.get(pk=places.township)], date(2026, month, 1))[0].name for month in (10, 11)]
    assert shown == ["龙潭镇", "龙潭古镇"]


def test_a_new_village_appears_below_its_township_and_in_the_geography(boss, now, places):
    act(
        boss,
        "regions.correct",
        CHANGE | {"code": 500242101299, "change": "add", "name": "新村村民委员会"},
        "k",
        now=now,
    )
    assert 500242101299 in {line.code for line in view_of(boss, places.township, now.date()).inside}
    assert geography(places.county, now.date()).villages[500242101299] == "新村"


def test_a_merged_village_is_gone_and_says_where(boss, now, places):
    act(
        boss,
        "regions.correct",
        CHANGE | {"code": places.village, "change": "merge", "into": 500242101201},
        "k",
        now=now,
    )
    line = next(line for line in view_of(boss, places.township, now.date()).inside if line.code == places.village)
    assert line.gone.startswith("已并入 ")
    assert places.village not in geography(places.county, now.date()).names


@pytest.mark.parametrize(
    "wrong",
    [
        {"change": "add", "code": 500242101200, "name": "重复村"}, {"change": "add", "code": 500242999201, "name": "无上级村"},
        {"change": "merge", "code": 500242101200, "into": 500242101200}, {"change": "merge", "code": 500242101200, "into": 341221203200},
        {"change": "merge", "code": 500242101200, "into": 500242102000}, {"change": "abolish", "code": 500242000000},
    ],
)  # fmt: skip
def test_a_correction_that_makes_no_sense_is_refused(boss, now, wrong):
    with pytest.raises(RuleBroken):
        act(boss, "regions.correct", CHANGE | wrong, "k", now=now)
    assert RegionCorrection.objects.count() == 0


def test_the_same_correction_is_taken_once(boss, now, places):
    data = CHANGE | {"code": places.township, "change": "rename", "name": "龙潭古镇"}
    act(boss, "regions.correct", data, "k", now=now)
    with pytest.raises(RuleBroken):
        act(boss, "regions.correct", data | {"name": "龙潭新镇"}, "k2", now=now)
