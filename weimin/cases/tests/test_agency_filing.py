"""An agent files, hands in and takes the result under a mandate, as far as it goes and not further (S4)."""

import pytest

from weimin.actions.act import new_key
from weimin.cases.models import Case, Delivery, MandateCase
from weimin.cases.tests.agency_builders import drawn, make_agent, make_mandate, put_case_under
from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S4")]
PAPERS = {"m_id_card": "received", "m_household_book": "exempt", "m_bank_card": "received"}
SIGNED = {"way": "pickup", "to": "agent", "signature": drawn()}


@pytest.fixture
def item(built):
    return built(make_item_version).item.code


def test_a_case_is_filed_under_the_mandate_without_typing_the_client_again(item, do, built, case_of):
    mandate = built(make_mandate, VILLAGE)
    case = case_of(do("village", "cases.receive", item, mandate=mandate.pk, channel="agency", **PAPERS).subject_id)
    assert (case.applicant_name, case.applicant_id_number, case.channel, case.region) == ("冉桂兰", mandate.principal_id_number, "agency", VILLAGE)
    with entered(system_actor()):
        assert MandateCase.objects.get().case == case


def test_whoever_is_named_beside_the_principal_applies(item, do, built, case_of):
    mandate, other = built(make_mandate, VILLAGE), built(make_resident, VILLAGE, "田桂香")
    case = case_of(do("village", "cases.receive", item, mandate=mandate.pk, resident=other.pk, name="田桂香", **PAPERS).subject_id)
    assert (case.applicant, case.applicant_name) == (None, "冉桂兰")


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"powers": ["receive_notice"]}, "代交申请材料"), ({"items": {"CV0009": "养犬登记"}}, "没有写"),
        ({"starts_on": "2026-01-01", "until_on": "2026-11-22"}, "到期"),
    ],
)  # fmt: skip
def test_nothing_is_filed_that_the_mandate_does_not_give(item, do, built, over, words):
    mandate = built(make_mandate, VILLAGE, **over)
    with pytest.raises(RuleBroken, match=words):
        do("village", "cases.receive", item, mandate=mandate.pk, **PAPERS)
    with entered(system_actor()):
        assert not Case.objects.exists()


def test_the_mandate_of_another_village_is_not_there(item, do, built):
    mandate = built(make_mandate, VILLAGE + 1)
    with pytest.raises(NotVisible):
        do("village", "cases.receive", item, mandate=mandate.pk, **PAPERS)


@pytest.mark.parametrize(
    ("over", "words"), [({}, "代领结果"), ({"state": "revoked", "ended_at": NOW, "end_reason": "自己办", "powers": ["receive_result"]}, "撤销")]
)
def test_an_agent_takes_the_result_only_where_the_mandate_says_so(do, built, over, words):
    case = built(lambda: put_case_under(make_mandate(VILLAGE, **over), "deliver", desk_now="window"))
    with pytest.raises(RuleBroken, match=words):
        do("window", "cases.deliver", case.pk, **SIGNED)
    with entered(system_actor()):
        assert not Delivery.objects.exists()


def test_an_agent_with_the_power_signs_by_name(do, built):
    case = built(lambda: put_case_under(make_mandate(VILLAGE, powers=["receive_result"]), "deliver", desk_now="window"))
    do("window", "cases.deliver", case.pk, **SIGNED)
    with entered(system_actor()):
        assert (Delivery.objects.get().name, Delivery.objects.get().to) == ("田小红", "agent")


def test_without_a_mandate_nobody_signs_as_an_agent(do, built):
    case = built(make_case, VILLAGE, "deliver", desk_now="window")
    with pytest.raises(RuleBroken, match="没有代办委托"):
        do("window", "cases.deliver", case.pk, **SIGNED, name="田小红")


def test_missing_papers_are_taken_at_every_front_desk(do, built, case_of):
    case = built(make_case, VILLAGE, "supplement")
    do("village", "cases.supplement", case.pk, **PAPERS, accept="on")
    assert case_of(case.pk).state == "decide"


def test_an_instant_item_books_who_took_the_result(do, built):
    code = built(make_item_version, code="CV0003", handling="instant").item.code
    who = {"name": "冉桂兰", "id_number": "11010519491231002X", "region": str(VILLAGE)}
    with pytest.raises(InputInvalid) as refused:
        do("village", "cases.receive", code, **who, **PAPERS, verdict="finish", signed_to="family")
    assert list(refused.value.form.errors) == ["signer", "signature"]
    do("village", "cases.receive", code, **who, **PAPERS, verdict="finish", signed_to="family", signer="冉小山", signature=drawn())
    with entered(system_actor()):
        row = Delivery.objects.get()
    assert (row.way, row.to, row.name, row.proof) == ("home", "family", "冉小山", "drawn")


def test_the_page_of_a_mandate_leads_to_filing_and_shows_whom_for(item, built, client_as):
    mandate, clerk = built(make_mandate, VILLAGE), client_as("village", VILLAGE)
    link = f"/cases/new/{item}/?mandate={mandate.pk}"
    assert f'href="{link}"' in clerk.get(f"/cases/agency/{mandate.pk}/").content.decode()
    text = clerk.get(link).content.decode()
    page = clerk.get(f"/cases/agency/{mandate.pk}/").content.decode()
    assert ("110105****002X" in page, mandate.principal_id_number in page) == (True, False)
    assert ("田小红凭委托书" in text, 'name="find"' in text, mandate.principal_id_number in text) == (True, False, False)


def test_what_was_typed_for_one_client_is_not_shown_for_the_next(item, built, client_as):
    one, two = built(make_resident, VILLAGE, "冉小红"), built(make_resident, VILLAGE, "田桂香")
    clerk = client_as("window", TOWNSHIP)
    clerk.post(f"/act/cases.receive/draft/{item}/", {"resident": one.pk, "note": "冉小红的情况"})
    assert "冉小红的情况" in clerk.get(f"/cases/new/{item}/").content.decode()
    assert "冉小红的情况" not in clerk.get(f"/cases/new/{item}/?resident={two.pk}").content.decode()
    assert "冉小红的情况" not in clerk.get(f"/cases/new/{item}/?fresh").content.decode()


def test_the_list_of_clients_who_change_agents_comes_next_and_is_found_again(built, client_as):
    mandate = built(make_mandate, VILLAGE)
    other, keeper = built(make_agent, VILLAGE, name="冉光明"), client_as("township", TOWNSHIP)
    sent = {"key": new_key(), "next": "/cases/agency/", "after": str(other.pk), "mandates": [str(mandate.pk)], "reason": "请假"}
    answer = keeper.post(f"/act/cases.change_agent/{mandate.agent_id}/", sent)
    assert answer["Location"].startswith("/cases/agency/changes/")
    assert f'href="{answer["Location"]}"' in keeper.get("/cases/agency/").content.decode()


def test_the_slip_of_a_new_mandate_comes_before_going_back(item, built, client_as):
    resident, agent = built(make_resident, VILLAGE), built(make_agent, VILLAGE)
    sent = {
        "key": new_key(), "next": f"/residents/{resident.pk}/", "agent_kind": "clerk", "agent": str(agent.pk), "items": [item], "powers": ["submit"],
        "starts_on_year": "2026", "starts_on_month": "11", "starts_on_day": "23", "until_on_year": "2027", "until_on_month": "5", "until_on_day": "23",
        "family": "on",
    }  # fmt: skip
    answer = client_as("village", VILLAGE).post(f"/act/cases.write_mandate/r{resident.pk}/", sent)
    assert answer["Location"].startswith("/cases/agency/")
