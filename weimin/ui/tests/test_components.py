"""What the tags draw."""

import pytest
from django.template import engines
from django.test import RequestFactory

from weimin.ui.components.charts import Series, scale_for
from weimin.ui.components.maps import Place, Tile, project
from weimin.ui.components.status import Stage
from weimin.ui.paging import Page
from weimin.ui.tables import Column


def draw(source: str, path: str = "/?year=2026&sort=name&cursor=x", **context: object) -> str:
    request = RequestFactory().get(path)
    return engines["django"].from_string("{% load ui %}" + source).render(context, request)


def test_a_lamp_says_its_words_beside_its_colour():
    assert draw('{% lamp "red" "已超期 2 小时" %}') == '<span class="lamp red">已超期 2 小时</span>'


def test_a_lamp_without_words_says_the_general_ones():
    assert "快到期" in draw('{% lamp "yellow" %}')


def test_a_lamp_is_taken_from_what_a_clock_returns():
    assert "剩 3 天" in draw("{% lamp step %}", step={"lamp": None, "colour": "green", "words": "剩 3 天"})


def test_hostile_words_are_escaped():
    assert "<script>" not in draw("{% tag words words %}{% lamp words words %}{% note words words %}", words="<script>")


def test_a_column_with_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="hearts"):
        Column("名称", "name", "hearts")


def test_money_stands_right_and_names_are_masked():
    out = draw(
        "{% table columns rows %}",
        columns=[Column("人", "who", "person"), Column("款", "fen", "money")],
        rows=[{"who": "张小明", "fen": 600_000}],
    )
    assert "张*明" in out and "张小明" not in out and "6,000.00" in out


def test_sorting_again_turns_the_order_and_keeps_the_filter():
    out = draw("{% table columns rows %}", columns=[Column("名称", "name", sort="name")], rows=[{"name": "甲"}])
    assert 'aria-sort="ascending"' in out and "?year=2026&amp;sort=-name" in out


def test_an_empty_table_says_so():
    assert "没有符合条件的记录" in draw("{% table columns rows %}", columns=[Column("名称", "name")], rows=[])


def test_the_pager_keeps_filters_and_exports_exactly_what_is_shown():
    out = draw('{% pager page export="/x/?excel=1" %}', page=Page([1, 2], "", "abc"))
    assert "?year=2026&amp;sort=name&amp;cursor=abc" in out and "/x/?year=2026&amp;sort=name&amp;excel=1" in out
    assert "上一页" not in out and "本页 2 条" in out


def test_the_first_tab_is_current_when_the_parameter_is_unknown():
    out = draw('{% tabs choices "light" "筛选" %}', path="/?light=pink", choices=[("", "全部", 3), ("late", "超期", 0)])
    assert out.count("aria-current") == 1 and out.index("aria-current") < out.index("全部")


def test_a_failed_stage_is_where_the_life_line_stands():
    out = draw("{% steps stages %}", stages=[Stage("备案", "done"), Stage("验收", "failed"), Stage("拨付")])
    assert '<li class="failed" aria-current="step">' in out and "（未通过）" in out


def test_money_tables_add_up():
    out = draw("{% money_table heads rows %}", heads=["乡镇", "已拨"], rows=[("甲", [100]), ("乙", [250])])
    assert "合计" in out and "3.50" in out


def test_a_chart_carries_its_figures_as_a_table():
    out = draw('{% bars labels series "受理量" "件" %}', labels=["1 月", "2 月"], series=[Series("受理", [1200, None])])
    assert out.count('<rect class="s1" x=') == 1 and "1,200" in out and "—" in out


def test_a_series_of_another_length_is_refused():
    with pytest.raises(ValueError, match="one value for each label"):
        draw('{% bars labels series "x" %}', labels=["1 月"], series=[Series("受理", [1, 2])])


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 905], (0, 200, 400, 600, 800, 1000)),
        ([3], (0, 1, 2, 3)),
        ([-5, 5], (-6, -4, -2, 0, 2, 4, 6)),
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_scales_have_round_steps_around_all_values(values, ticks):
    assert scale_for(values).ticks == ticks


@pytest.mark.parametrize(("values", "ticks"), [([1, 0], (0, 1)), ([2, 1], (0, 1, 2)), ([12], (0, 5, 10, 15)), ([None], (0, 1))])
def test_counts_have_no_halves(values, ticks):
    assert scale_for(values, whole=True).ticks == ticks


def test_the_middle_of_a_scale_lies_in_the_middle():
    assert scale_for([0, 100]).y(50) == 50.0


def test_places_keep_their_proportions_with_north_up():
    height, spots = project([Place(108.0, 28.0, "南"), Place(108.0, 29.0, "北"), Place(109.0, 28.0, "东")])
    (south, north, east) = spots
    assert south[0] == north[0] and north[1] < south[1] and south[1] == east[1]
    assert (east[0] - south[0]) / (south[1] - north[1]) == pytest.approx(0.8788, abs=0.001)  # cosine of 28.5°
    assert height <= 900


def test_tiles_show_words_and_only_the_levels_in_use():
    out = draw('{% tiles cells "开业" %}', cells=[Tile("龙潭镇", "99%", 5, url="/t/"), Tile("黑水镇", "暂无", 0)])
    assert 'class="tile q5" href="/t/"' in out and "很好" in out and "很差" not in out


def test_a_question_needs_a_second_press_without_any_script():
    out = draw('{% ask "/void/" "作废" "作废后不能恢复。" "danger" %}')
    before, form = out.split("<form")
    assert "<details" in before and "确定作废" not in before
    assert 'method="post" action="/void/"' in form and 'name="csrfmiddlewaretoken" value="' in form and "确定作废" in form
