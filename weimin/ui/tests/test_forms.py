"""Fields as they are drawn and read."""

import pytest
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from weimin.ui.fields import YuanField
from weimin.ui.gallery import SampleForm, filled_form
from weimin.ui.tests.test_components import draw
from weimin.ui.widgets import DateParts


class Opening(forms.Form):
    opens_on = forms.DateField(label="开业日期", widget=DateParts)
    fen = YuanField(label="金额", largest=10_000_000, required=False)


def test_label_hint_and_error_are_tied_to_the_field():
    out = draw("{% field form.name %}", form=SampleForm({}))
    assert '<label for="id_name">' in out and 'aria-invalid="true"' in out
    assert 'aria-describedby="id_name_hint id_name_error"' in out and 'id="id_name_error"' in out


def test_a_required_field_says_so_in_words():
    out = draw("{% field form.name %}{% field form.memo %}", form=SampleForm())
    assert out.count("（必填）") == 1


def test_choices_are_a_fieldset_with_a_legend():
    out = draw("{% field form.way %}", form=SampleForm())
    assert "<fieldset" in out and "<legend>办理方式" in out and out.count('type="radio"') == 3


def test_the_summary_links_each_error_to_its_field():
    out = draw("{% error_summary form %}", form=filled_form())
    assert "还有 4 处要改" in out and 'href="#bad_identity"' in out and 'href="#bad_opens_on_year"' in out


def test_a_form_without_errors_has_no_summary():
    assert draw("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_a_date_in_three_parts_is_one_date():
    form = Opening({"opens_on_year": "2026", "opens_on_month": "2", "opens_on_day": "9"})
    assert form.is_valid() and form.cleaned_data["opens_on"].isoformat() == "2026-02-09"


def test_a_whole_date_is_taken_too():
    assert Opening({"opens_on": "2026-02-09"}).is_valid()


def test_an_impossible_date_comes_back_as_it_was_typed():
    form = Opening({"opens_on_year": "2026", "opens_on_month": "xx", "opens_on_day": "31"})
    assert not form.is_valid()
    assert 'value="xx"' in draw("{% field form.opens_on %}", form=form)


def test_no_part_of_a_date_is_no_date():
    widget = DateParts()
    assert widget.value_from_datadict(QueryDict("opens_on_year=&opens_on_month=&opens_on_day="), MultiValueDict(), "opens_on") is None


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("60,000", 6_000_000), ("60000.5", 6_000_050), ("6000 元", 600_000), ("0", 0), (6000, 600_000), (12.3, 1230)],
)
def test_yuan_become_fen_exactly(typed, fen):
    assert YuanField().clean(typed) == fen


@pytest.mark.parametrize("typed", ["六千", "1.234", "1e5", "--1", "١٢", "NaN", "9" * 40])
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="例如 60000"):
        YuanField().clean(typed)


def test_an_amount_over_the_limit_names_the_limit():
    form = Opening({"opens_on": "2026-02-09", "fen": "100000.01"})
    assert form.errors["fen"] == ["金额不能多于 100,000.00 元"]


def test_a_sum_is_shown_in_yuan_again():
    assert 'value="6000.00"' in draw("{% field form.fen %}", form=Opening(initial={"fen": 600_000}))


def test_villages_can_be_found_by_pinyin():
    out = draw("{% field form.region %}", form=SampleForm())
    assert "data-regions" in out and 'data-key="bohai bh"' in out and '<optgroup label="龙潭镇">' in out


def test_a_long_group_is_folded_under_headings_and_stands_open_where_something_is_chosen():
    class Long(forms.Form):
        kinds = forms.MultipleChoiceField(label="事项", choices=[("a", "甲"), ("b", "乙"), ("c", "丙")], widget=forms.CheckboxSelectMultiple)

    form = Long(initial={"kinds": ["c"]})
    assert "<details" not in draw("{% field form.kinds %}", form=form)
    form.fields["kinds"].widget.headings = {"a": "第一类", "b": "第一类", "c": "第二类"}
    found = draw("{% field form.kinds %}", form=form)
    assert '<details><summary>第一类 <span class="num">2</span>' in found and '<details open><summary>第二类 <span class="num">1/1</span>' in found
    assert found.count('type="checkbox"') == 3
