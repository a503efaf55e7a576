"""Reading plan files: what is right is read, what is wrong is named by line and field."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.buildout.plan.read import FileInvalid, Problem, read_plan, shift
from weimin.buildout.tests.plan_builders import SMALL, plan_of, problems_of, small, text_of

pytestmark = pytest.mark.req("N2")


def test_the_small_plan_is_read_with_its_dates_and_codes():
    plan = read_plan(SMALL)
    assert (plan.meta.low, plan.meta.high) == (500242000000, 500242999999)
    assert [step.due_on for step in plan.tier("station").steps] == [date(2026, 3, 31), date(2026, 4, 30)]


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one():
    found = problems_of(small(**{"issuer: 县政府": "isuer: 县政府"}))
    assert Problem(4, "meta.isuer", "不认识的键“isuer”，是不是“issuer”？") in found
    assert Problem(1, "meta.issuer", "缺少这一项。") in found


def test_every_problem_is_named_at_once():
    text = small(**{"coverage: 85}": "coverage: 185}", "role: town, reaches: open": "role: twon, reaches: open"})
    text += "batches:\n  - {key: one, label: 一, tier: station, rest: yes please}\n"
    assert [(problem.line, problem.path) for problem in problems_of(text)] == [
        (15, "tiers[station].where.coverage"),
        (19, "tiers[station].steps[open].role"),
        (21, "batches[one].rest"),
    ]


def test_a_share_above_100_percent_is_refused_in_words():
    (problem,) = problems_of(small(**{"coverage: 85}": "coverage: 185}"}))
    assert str(problem) == "第 15 行 tiers[station].where.coverage：数值太大，不得大于 100。"


def test_a_step_that_ends_before_it_starts_is_refused():
    (problem,) = problems_of(small(**{"starts_on: 2026-03-02": "starts_on: 2026-04-02"}))
    assert problem.sentence == "完成期限 2026-03-31 早于开始日期 2026-04-02。"


def test_a_step_due_before_the_step_before_it_is_refused():
    (problem,) = problems_of(small(**{"due_on: 2026-04-30": "due_on: 2026-03-30"}))
    assert problem == Problem(19, "tiers[station].steps[open].due_on", "完成期限 2026-03-30 早于前一步“备案”的期限 2026-03-31。")


def test_a_reference_to_an_unknown_role_suggests_the_right_one():
    (problem,) = problems_of(small(**{"role: town, reaches: filed": "role: towm, reaches: filed"}))
    assert problem.sentence == "没有代号为“towm”的角色。是不是“town”？"


def test_an_unknown_batch_and_tier_are_named():
    extra = "bulletins:\n  - {key: b, label: 通报, tier: x, batch: y, issued_by: town}\n"
    assert [problem.path for problem in problems_of(SMALL + extra)] == ["bulletins[b].batch", "bulletins[b].tier"]


def test_a_goal_of_a_batch_names_the_batchs_tier():
    extra = "batches:\n  - {key: one, label: 一, tier: station, rest: true}\ngoals:\n  - {key: g, label: 目标, area: site, batch: one, target: 1, unit: 个}\n"
    assert [problem.path for problem in problems_of(SMALL + extra)] == ["goals[g].batch"]


def test_the_same_key_twice_in_a_list_is_refused():
    (problem,) = problems_of(small(**{"key: open": "key: file"}))
    assert problem.sentence == "代号“file”在这个列表里用了两次。"


def test_the_same_yaml_key_twice_is_refused_with_its_line():
    (problem,) = problems_of(small(**{"  title: 小方案\n": "  title: 小方案\n  title: 大方案\n"}))
    assert problem == Problem(4, "meta.title", "“title”写了两次，请只留一个。")


def test_money_without_a_unit_is_refused_since_yuan_and_fen_look_alike():
    extra = "subsidies:\n  - {key: s, label: 补助, tier: station, payee: town, standard: 6000}\n"
    (problem,) = problems_of(SMALL + extra)
    assert problem == Problem(21, "subsidies[s].standard", "金额要写出单位，例如 10万元、6000元，最小到分。")


@pytest.mark.parametrize(("said", "fen"), [("10万元", 10_000_000), ("6000元", 600_000), ("68.05 元", 6805), ("1.25万元", 1_250_000)])
def test_money_is_read_into_fen(said, fen):
    extra = f"subsidies:\n  - {{key: s, label: 补助, tier: station, payee: town, standard: {said}}}\n"
    assert read_plan(SMALL + extra).subsidies[0].standard_fen == fen


def test_a_second_subsidy_for_the_same_sites_is_refused():
    line = "  - {key: %s, label: 补助, tier: station, payee: town, standard: 1元}\n"
    (problem,) = problems_of(SMALL + "subsidies:\n" + line % "a" + line % "b")
    assert problem.sentence == "同一站点会领两次补助：与“补助”的层级和乡镇类别重叠。"


def test_a_region_outside_the_plan_is_refused():
    extra = "batches:\n  - {key: b, label: 批, tier: station, regions: [341221203208]}\n"
    (problem,) = problems_of(SMALL + extra)
    assert problem.sentence == "341221203208 不在方案的辖区 500242000000 之内。"


def test_a_township_code_in_a_tier_of_villages_is_refused():
    extra = "batches:\n  - {key: b, label: 批, tier: station, regions: [500242101000]}\n"
    (problem,) = problems_of(SMALL + extra)
    assert problem.sentence == "500242101000 不是这一层级的区划代码。"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("meta: {a: 1\nroles: ]", 2),
        ("meta:\n\tcode: x", 2),
        ("a: &x [1]\nb: *x", 1),
        ("a: !!python/object:os.system {}", 1),
        ("a: 1\n---\nb: 2", 2),
        ("? [a]\n: b", 1),
        ("[" * 40 + "]" * 40, 1),
        ("a: \x07", 1),
    ],
)
def test_yaml_that_a_plan_may_not_use_is_refused_with_its_line(text, line):
    (problem,) = problems_of(text)
    assert problem.line == line


@pytest.mark.parametrize("text", ["", "- a", "只有一句话", "null"])
def test_a_file_without_a_plan_says_so(text):
    assert "没有方案" in problems_of(text)[0].sentence


def test_a_file_of_a_megabyte_is_refused_unread():
    assert problems_of("a" * 600_000)[0].sentence == "文件太大：不能超过 512 KB。"


def test_true_is_not_taken_for_one():
    (problem,) = problems_of(SMALL + "    limits: {sites: true}\n")
    assert problem.sentence == "这里不能写 true 或 false。"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.text(alphabet=":{}[]-&*!|>\"'\n\t #%@`中1", min_size=1, max_size=6))
def test_a_plan_with_rubbish_in_it_is_read_or_refused_but_never_breaks(place, rubbish):
    try:
        read_plan(SMALL[:place] + rubbish + SMALL[place:])
    except FileInvalid as invalid:
        assert invalid.problems


def test_the_year_parameter_moves_dates_written_without_year():
    plan = read_plan(text_of("tupo"), year=2027)
    assert [batch.due_on for batch in plan.batches] == [date(2027, 7, 1), date(2027, 10, 1), date(2027, 12, 31)]


def test_another_year_for_a_plan_without_the_parameter_is_refused():
    with pytest.raises(FileInvalid) as refused:
        read_plan(SMALL, year=2027)
    assert refused.value.problems[0].sentence == "这个方案没有年份参数（meta.year），不能另指定年份。"


def test_a_month_and_day_without_a_year_is_refused():
    (problem,) = problems_of(small(**{"2026-04-30": "04-30"}))
    assert problem.sentence == "日期只写了月日，请在 meta.year 写上年份，或把年月日写全。"


def test_29_february_of_an_ordinary_year_is_refused():
    (problem,) = problems_of(small(**{"2026-04-30": "2026-02-29"}))
    assert problem.sentence == "日期应写成 2016-03-31 这样的真实日期。"


def test_shifting_moves_every_date_by_the_same_distance():
    plan = plan_of("youyang")
    moved = shift(plan, date(2026, 3, 21))
    assert moved.meta.shifted_days == 3652
    assert (moved.tier("village_station").steps[0].due_on - plan.tier("village_station").steps[0].due_on).days == 3652
    assert (moved.operators[0].nomination.filed_by - plan.operators[0].nomination.filed_by).days == 3652


def test_shifting_there_and_back_keeps_the_first_origin():
    moved = shift(shift(plan_of("youyang"), date(2026, 11, 1)), date(2016, 3, 21))
    assert (moved.meta.original_issued_on, moved.meta.shifted_days) == (date(2016, 3, 21), 0)
    assert moved.tiers == plan_of("youyang").tiers
