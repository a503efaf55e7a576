"""One thing (一件事, C-25): several items at once over one set of papers, each paper handed in once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.cases.models import Case, CaseMaterial, MandateCase
from weimin.cases.tests.agency_builders import make_mandate
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.catalogue.tests.builders import content, make_version
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
BIRTH = {"key": "birth_paper", "name": "出生医学证明"}
WHOLE = {"items": ["FM0014", "FM0005"], "m_id_card": "received", "m_household_book": "received", "m_bank_card": "received"}


def two_items():
    """落户 and 育儿补贴: both ask for the birth paper."""
    facts = [{"code": "FM0014", "name": "新生儿户口登记协助", "window": "family"}, {"code": "FM0005", "name": "育儿补贴申领", "window": "family"}]
    for one in facts:
        make_version(**one, materials=[*content()["materials"], BIRTH])


@pytest.fixture
def resident(built):
    built(two_items)
    return built(make_resident, VILLAGE)


def bundled(number):
    """The cases of the thing that the first case belongs to, by item."""
    with entered(system_actor()):
        return {case.item_code: case for case in Case.objects.filter(bundle=Case.objects.get(pk=number).bundle)}


def test_one_set_of_papers_begins_a_case_for_each_item(resident, do):
    receipt = do("window", "cases.receive_bundle", "childcare", resident=resident.pk, m_birth_paper="received", **WHOLE)
    cases = bundled(receipt.subject_id)
    assert receipt.message == "已收 2 件，全部受理。"
    assert {code: (case.state, case.applicant_id) for code, case in cases.items()} == dict.fromkeys(("FM0014", "FM0005"), ("decide", resident.pk))


def test_a_missing_paper_is_told_for_each_item_and_brought_once(resident, do):
    first = do("window", "cases.receive_bundle", "childcare", resident=resident.pk, m_birth_paper="missing", **WHOLE).subject_id
    assert {case.state for case in bundled(first).values()} == {"supplement"}
    do("village", "cases.supplement", first, m_birth_paper="received", accept="on", together="on")
    assert {case.state for case in bundled(first).values()} == {"decide"}
    with entered(system_actor()):
        assert set(CaseMaterial.objects.filter(key="birth_paper").values_list("status", flat=True)) == {"received"}


def test_all_cases_that_wait_for_a_paper_are_locked_in_one_order(resident, do):
    first = do("window", "cases.receive_bundle", "childcare", resident=resident.pk, m_birth_paper="missing", **WHOLE).subject_id
    with CaptureQueriesContext(connection) as asked:
        do("village", "cases.supplement", first, m_birth_paper="received", accept="on", together="on")
    locked = next(row["sql"] for row in asked if 'FROM "cases_case"' in row["sql"] and "FOR UPDATE" in row["sql"])
    assert '"bundle"' in locked.partition("WHERE")[2] and 'ORDER BY "cases_case"."id" ASC' in locked


def test_a_paper_may_be_meant_for_one_case_only(resident, do):
    first = do("window", "cases.receive_bundle", "childcare", resident=resident.pk, m_birth_paper="missing", **WHOLE).subject_id
    do("window", "cases.supplement", first, m_birth_paper="received", accept="on")
    assert sorted(case.state for case in bundled(first).values()) == ["decide", "supplement"]


def test_another_ones_thing_is_not_touched(resident, do, built):
    mine = do("window", "cases.receive_bundle", "childcare", resident=resident.pk, m_birth_paper="missing", **WHOLE).subject_id
    neighbour = built(make_resident, VILLAGE, "田桂香")
    theirs = do("window", "cases.receive_bundle", "childcare", resident=neighbour.pk, m_birth_paper="missing", **WHOLE).subject_id
    do("window", "cases.supplement", mine, m_birth_paper="received", accept="on", together="on")
    assert {case.state for case in bundled(theirs).values()} == {"supplement"}


def test_the_page_shows_the_applicant_whom_it_knows(resident, client_as):
    text = client_as("window", TOWNSHIP).get(f"/cases/new/together/childcare/?resident={resident.pk}").content.decode()
    assert ("取自居民登记" in text, 'name="name"' in text) == (True, False)


def test_an_agent_files_one_thing_only_as_far_as_the_mandate_goes(resident, do, built):
    whole = built(make_mandate, VILLAGE, items={"FM0014": "新生儿户口登记协助", "FM0005": "育儿补贴申领"})
    part = built(make_mandate, VILLAGE, items={"FM0014": "新生儿户口登记协助"})
    with pytest.raises(RuleBroken, match="育儿补贴申领"):
        do("village", "cases.receive_bundle", "childcare", mandate=part.pk, m_birth_paper="received", **WHOLE)
    do("village", "cases.receive_bundle", "childcare", mandate=whole.pk, m_birth_paper="received", **WHOLE)
    with entered(system_actor()):
        assert (MandateCase.objects.count(), set(Case.objects.values_list("channel", flat=True))) == (2, {"agency"})
