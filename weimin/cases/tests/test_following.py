"""A death ends mandates and is told to the desks; merged records take their cases along; the resident's page leads to the next application."""

import pytest

from weimin.actions.act import act, new_key
from weimin.cases.models import Case, Mandate
from weimin.cases.tests.agency_builders import make_errand, make_mandate
from weimin.cases.tests.builders import NOW, make_case
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.messages.models import Message
from weimin.residents.life_events import touched_by
from weimin.residents.models import Merge
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("A1")]
DEATH = {"on": "2026-11-20", "proof": "死亡证明"}


@pytest.fixture
def whole(jurisdiction):
    with entered(system_actor()):
        yield


@pytest.fixture
def client_of_two(whole):
    """A resident with a case on its way and a mandate."""
    resident = make_resident(VILLAGE, "冉桂兰")
    case = make_case(VILLAGE, "decide", applicant=resident, applicant_id_number=resident.id_number)
    mandate = make_mandate(VILLAGE, principal=resident, principal_id_number=resident.id_number)
    return resident, case, mandate


def test_a_death_says_which_cases_and_mandates_it_touches(client_of_two, actor):
    resident, case, mandate = client_of_two
    said = touched_by("death", actor("village", VILLAGE), resident, NOW.date())
    assert [line for line in said if case.number in line or mandate.number in line] == [
        f"在办的办件：高龄津贴申领（{case.number}），会提醒承办岗位", f"代办委托终止：{mandate.number}",
    ]  # fmt: skip
    doctor = touched_by("death", actor("doctor", VILLAGE), resident, NOW.date())
    assert not [line for line in doctor if case.number in line or mandate.number in line]


def test_a_mandate_ends_with_the_principal_and_the_desk_is_told(client_of_two, actor):
    resident, case, mandate = client_of_two
    errand = make_errand(mandate)
    act(actor("village", VILLAGE), "residents.record_death", DEATH, new_key(), target=resident.pk, now=NOW)
    for row in (mandate, errand, case):
        row.refresh_from_db()
    assert (mandate.state, mandate.end_reason[:5], errand.done_at, case.state) == ("revoked", "委托人去世", NOW, "decide")
    told = Message.objects.order_by("pk").values_list("person", "role", "text")
    assert (mandate.agent_id, "", "冉桂兰去世，代办委托终止，请把手里的材料交还家属。") in list(told)
    assert [role for _person, role, text in told if case.number in text] == ["township"]


def test_cases_and_mandates_go_along_with_a_merge_and_come_back(client_of_two, actor):
    gone, case, mandate = client_of_two
    kept, clerk = make_resident(VILLAGE, "冉桂兰", id_number=""), actor("township", TOWNSHIP)
    act(clerk, "residents.merge", {"into": str(kept.pk), "reason": "入户核对"}, new_key(), target=gone.pk, now=NOW)
    assert (Case.objects.get(pk=case.pk).applicant, Mandate.objects.get(pk=mandate.pk).principal) == (kept, kept)
    act(clerk, "residents.unmerge", {"reason": "两个人"}, new_key(), target=Merge.objects.get().pk, now=NOW)
    assert (Case.objects.get(pk=case.pk).applicant, Mandate.objects.get(pk=mandate.pk).principal) == (gone, gone)


def test_the_page_of_a_resident_shows_cases_and_leads_to_the_next(client_of_two, client_as):
    resident, case, mandate = client_of_two
    text = client_as("village", VILLAGE).get(f"/residents/{resident.pk}/").content.decode()
    for link in (f"/cases/{case.pk}/", f"/cases/agency/{mandate.pk}/", f"/cases/new/?resident={resident.pk}", f"/act/cases.write_mandate/r{resident.pk}/"):
        assert f'href="{link}' in text, link
    assert "/cases/" not in client_as("doctor", VILLAGE).get(f"/residents/{resident.pk}/").content.decode().split("<main")[1]


def test_the_page_of_a_case_says_that_the_applicant_died(client_of_two, client_as, actor):
    resident, case, _mandate = client_of_two
    act(actor("village", VILLAGE), "residents.record_death", DEATH, new_key(), target=resident.pk, now=NOW)
    words = "申请人已登记死亡（2026-11-20）"
    assert words in client_as("township", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()
    assert words not in client_as("supervisor", 500242000000).get(f"/cases/{case.pk}/").content.decode()
