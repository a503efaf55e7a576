"""The list as Excel: opened column by column, it says what the list says."""

from datetime import date

import pytest

from weimin.residents import listing, outgoing
from weimin.residents.exporting import COLUMNS
from weimin.residents.outgoing import frame_of
from weimin.residents.tests.import_builders import bring, choose, number_of, people, sheet
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("X4"), pytest.mark.req("X5")]
TODAY = date(2026, 11, 23)


@pytest.fixture
def clerk(jurisdiction, actor):
    clerk = actor("township", 500242101000)
    rows = people(5, r1={"groups": "残疾人"}, r5={"phone": "", "relation": "户主"})
    choose(bring(clerk, sheet(rows)), clerk, "all")
    return clerk


@pytest.mark.parametrize("chosen", [{}, {"group": "disabled"}, {"text": "张甲"}, {"village": "500242101200", "age": "60"}])
def test_lines_of_the_export_are_those_of_the_list(clerk, chosen):
    with entered(clerk):
        shown = listing.lines(clerk, listing.page_for(clerk, chosen, TODAY).rows, TODAY)
        exported = frame_of(clerk, chosen, TODAY, full=False)
    assert shown and list(exported.iter_rows()) == [tuple(line[key] for key, _label in COLUMNS) for line in shown]


@pytest.mark.parametrize("chosen", [{"group": "veteran"}, {"text": "欧阳"}, {"status": "dead"}])
def test_an_export_of_nobody_has_its_labels_only(clerk, chosen):
    with entered(clerk):
        assert frame_of(clerk, chosen, TODAY, full=False).shape == (0, len(COLUMNS))


@pytest.mark.parametrize("chosen", [{}, {"group": "disabled"}])
def test_pages_of_the_export_meet_without_gap_or_overlap(clerk, chosen, monkeypatch):
    with entered(clerk):
        whole = frame_of(clerk, chosen, TODAY, full=False)
        monkeypatch.setattr(outgoing, "AT_ONCE", 2)
        assert frame_of(clerk, chosen, TODAY, full=False).equals(whole)


def test_an_export_beyond_the_limit_is_refused_with_a_sentence(clerk, monkeypatch):
    monkeypatch.setattr(outgoing, "MOST", 4)
    with entered(clerk), pytest.raises(RuleBroken, match="超过 4 人"):
        frame_of(clerk, {}, TODAY, full=False)


def test_a_full_export_has_the_whole_numbers(clerk):
    with entered(clerk):
        rows = sorted(frame_of(clerk, {}, TODAY, full=True).to_dicts(), key=lambda line: line["id_number"])
    assert [line["id_number"] for line in rows] == sorted(number_of(serial) for serial in range(1, 6))
    assert sorted(line["phone"] for line in rows) == ["", *(f"1540000{serial:04d}" for serial in range(1, 5))]


@pytest.mark.parametrize("role, offered", [("township", True), ("village", False)])
def test_the_list_leads_to_the_full_export_those_who_may_have_it(clerk, client_as, role, offered):
    place = 500242101000 if role == "township" else 500242101200
    page = client_as(role, place).get("/residents/?status=living").content.decode()
    assert ("/residents/export/?status=living&amp;ask=" in page) is offered
