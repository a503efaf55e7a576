"""A case comes in: who, which papers, and the five things that become of it (C-15, C-18)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.cases.models import Case, CaseMaterial, CaseNotice
from weimin.cases.queries.listing import found_by
from weimin.cases.rules_number import is_number
from weimin.cases.tests.agency_builders import drawn
from weimin.cases.tests.builders import NOW, make_item_version
from weimin.cases.tests.conftest import VILLAGE
from weimin.flows.models import Step
from weimin.residents.tests.builders import id_number, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
PAPERS = {"m_id_card": "received", "m_household_book": "exempt", "m_bank_card": "received"}
WHO = {"name": "冉桂兰", "id_number": id_number(serial=7), "phone": "13912345678", "region": str(VILLAGE)}


@pytest.fixture
def item(built):
    return built(make_item_version).item.code


def test_a_whole_application_is_accepted_and_its_clock_begins(item, do, case_of):
    case = case_of(do("window", "cases.receive", item, **WHO, **PAPERS).subject_id)
    assert (case.state, case.desk_now, case.accepted_at) == ("decide", "township", NOW)
    assert (str(case.due_on), str(case.legal_due_on)) == ("2026-12-07", "2026-12-21")  # 10 and 20 working days after Monday 23 November
    assert is_number(case.number)
    assert case.number.startswith("50024220261123")


def test_the_desk_gets_what_the_promise_leaves_it(item, do):
    do("window", "cases.receive", item, **WHO, **PAPERS)
    with entered(system_actor()):
        step = Step.objects.get(closed_at__isnull=True)
    assert (step.role, step.state, str(step.due_on), step.limit_value, step.limit_unit) == ("township", "decide", "2026-12-07", 10, "workday")


def test_what_the_register_knows_is_taken_from_it(item, do, built, case_of):
    resident = built(make_resident, VILLAGE, "冉小红", phone="13800001111")
    case = case_of(do("window", "cases.receive", item, resident=resident.pk, **PAPERS).subject_id)
    assert (case.applicant_id, case.applicant_name, case.applicant_phone, case.region) == (resident.pk, "冉小红", "13800001111", VILLAGE)
    assert case.applicant_id_number == resident.id_number


def test_a_typed_number_finds_the_resident(item, do, built, case_of):
    resident = built(make_resident, VILLAGE, "冉小红")
    case = case_of(do("window", "cases.receive", item, name="冉小红", id_number=resident.id_number, **PAPERS).subject_id)
    assert case.applicant_id == resident.pk


def test_what_a_chinese_keyboard_types_full_width_is_written_as_the_register_writes_it(item, do, built, case_of):
    resident = built(make_resident, VILLAGE, "冉小红")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in resident.id_number)
    case = case_of(do("window", "cases.receive", item, name="冉　小红", id_number=wide, phone="１３９－１２３４５６７８", **PAPERS).subject_id)
    assert (case.applicant_id, case.applicant_name, case.applicant_phone) == (resident.pk, "冉小红", "13912345678")
    with entered(system_actor()):
        number = "".join(chr(ord(sign) + 0xFEE0) for sign in case.number)
        assert list(found_by(system_actor(), number)) == list(found_by(system_actor(), wide)) == [case]


def test_a_number_that_belongs_to_another_name_is_refused(item, do, built):
    resident = built(make_resident, VILLAGE, "冉小红")
    with pytest.raises(InputInvalid) as refusal:
        do("window", "cases.receive", item, name="张三", id_number=resident.id_number, **PAPERS)
    assert "id_number" in refusal.value.form.errors
    with entered(system_actor()):
        assert Case.objects.count() == 0


def test_somebody_registered_as_dead_does_not_apply_and_the_family_is_told_how(item, do, built, case_of):
    dead = built(make_resident, VILLAGE, "冉小红", status="dead", status_on=NOW.date())
    with pytest.raises(InputInvalid, match="登记为死亡.*以家属自己的名义申请"):
        do("window", "cases.receive", item, name="冉小红", id_number=dead.id_number, **PAPERS)
    child = do("window", "cases.receive", item, **WHO, **PAPERS).subject_id
    assert case_of(child).applicant_name == "冉桂兰"


def test_the_net_does_not_tell_that_somebody_is_dead(item, do, built):
    dead = built(make_resident, VILLAGE, "冉小红", status="dead", status_on=NOW.date())
    with pytest.raises(InputInvalid, match="请到便民服务窗口办理"):
        do("window", "cases.apply_online", item, name="冉小红", id_number=dead.id_number, phone="13912345678", region=str(VILLAGE))


def test_a_number_with_a_wrong_digit_is_refused(item, do):
    with pytest.raises(InputInvalid) as refusal:
        do("window", "cases.receive", item, **{**WHO, "id_number": "500242199001011230"}, **PAPERS)
    assert "校验位" in refusal.value.form.errors["id_number"][0]


def test_a_missing_paper_keeps_a_case_from_being_accepted(item, do):
    with pytest.raises(InputInvalid) as refusal:
        do("window", "cases.receive", item, **WHO, **{**PAPERS, "m_id_card": "missing"})
    assert "居民身份证" in refusal.value.form.errors["verdict"][0]


def test_everything_missing_is_told_once_and_the_clock_stands(item, do, case_of):
    case = case_of(
        do("window", "cases.receive", item, **WHO, m_id_card="missing", m_household_book="missing", m_bank_card="missing", verdict="tell").subject_id
    )
    with entered(system_actor()):
        notice = CaseNotice.objects.get(case=case)
    assert (case.state, case.told_at, case.paused_since, case.accepted_at) == ("supplement", NOW, NOW, None)
    assert [line["name"] for line in notice.lines] == ["居民身份证", "居民户口簿", "本人银行账户"]


def test_a_minor_paper_may_follow_by_a_promised_day(item, do, case_of):
    case = case_of(do("window", "cases.receive", item, **WHO, **{**PAPERS, "m_bank_card": "deferred", "until_bank_card": "2026-12-01"}).subject_id)
    with entered(system_actor()):
        paper = CaseMaterial.objects.get(case=case, key="bank_card")
        assert CaseNotice.objects.get(case=case).kind == "lenient"
    assert (case.state, str(case.lenient_due_on), paper.status) == ("decide", "2026-12-01", "deferred")


@pytest.mark.parametrize(("paper", "until"), [("m_id_card", ""), ("m_bank_card", ""), ("m_bank_card", "2026-11-01"), ("m_bank_card", "2027-11-01")])
def test_a_main_paper_or_a_bad_day_is_not_put_off(item, do, paper, until):
    with pytest.raises(InputInvalid):
        do("window", "cases.receive", item, **WHO, **{**PAPERS, paper: "deferred", "until_bank_card": until})


@pytest.mark.parametrize(("verdict", "state"), [("not_needed", "not_needed"), ("not_competent", "not_competent")])
def test_what_is_not_for_us_is_said_at_once_with_directions(item, do, case_of, verdict, state):
    case = case_of(do("window", "cases.receive", item, **WHO, verdict=verdict, reason="请到县医保局办理").subject_id)
    assert (case.state, case.closed_at, case.desk_now, case.reason) == (state, NOW, "", "请到县医保局办理")


def test_an_instant_item_is_finished_on_one_page(built, do, case_of):
    code = built(make_item_version, code="CV0003", handling="instant").item.code
    case = case_of(do("village", "cases.receive", code, **WHO, **PAPERS, verdict="finish", result="证明已开", signature=drawn()).subject_id)
    assert (case.state, case.outcome, case.result, case.channel) == ("delivered", "granted", "证明已开", "home")
    with entered(system_actor()):
        assert Step.objects.get().outcome == "cases.finish"


def test_an_instant_item_is_not_finished_while_a_promised_paper_is_awaited(built, do):
    code = built(make_item_version, code="CV0003", handling="instant").item.code
    papers = {**PAPERS, "m_bank_card": "deferred", "until_bank_card": "2026-11-30"}
    with pytest.raises(InputInvalid, match="容缺材料还没有补齐：本人银行账户"):
        do("window", "cases.receive", code, **WHO, **papers, verdict="finish", signature=drawn())
    held = do("window", "cases.receive", code, **WHO, **PAPERS, verdict="hold").subject_id
    with pytest.raises(InputInvalid, match="容缺材料还没有补齐：本人银行账户"):
        do("window", "cases.finish", held, way="pickup", to="self", signature=drawn(), m_bank_card="deferred", until_bank_card="2026-11-30")
    with entered(system_actor()):
        assert list(Case.objects.values_list("state", flat=True)) == ["received"]


def test_an_ordinary_item_cannot_be_finished_on_the_spot(item, do):
    with pytest.raises(InputInvalid):
        do("window", "cases.receive", item, **WHO, **PAPERS, verdict="finish")


def test_the_portal_does_not_tell_whose_number_is_registered(item, jurisdiction, built, case_of):
    """Whoever types a number with a made-up name learns nothing of the register: the application comes in as from somebody unknown."""
    from weimin.actions.act import act

    built(make_resident, VILLAGE, "冉桂兰", id_number=WHO["id_number"])
    portal = system_actor(jurisdiction.low, jurisdiction.high, channel="portal")
    receipt = act(portal, "cases.apply_online", {**WHO, "name": "张三", "region": str(VILLAGE)}, "k", target=item, now=NOW)
    case = case_of(receipt.subject_id)
    assert (case.applicant_name, case.applicant_id) == ("张三", None)


def test_an_application_from_the_portal_is_looked_at_within_one_working_day(item, jurisdiction, case_of):
    from weimin.actions.act import act

    portal = system_actor(jurisdiction.low, jurisdiction.high, channel="portal")
    case = case_of(act(portal, "cases.apply_online", {**WHO, "m_id_card": "received"}, "k", target=item, now=NOW).subject_id)
    with entered(system_actor()):
        step = Step.objects.get()
    assert (case.state, case.channel, case.desk_now, str(step.due_on)) == ("received", "portal", "village", "2026-11-24")


def test_taking_in_costs_few_statements(item, do):
    do("window", "cases.receive", item, **WHO, **PAPERS)  # warms the caches
    with CaptureQueriesContext(connection) as seen:
        do("window", "cases.receive", item, **{**WHO, "id_number": id_number(serial=8)}, **PAPERS)
    told = [row["sql"] for row in seen if not row["sql"].startswith(("SAVEPOINT", "RELEASE")) and "calendars_" not in row["sql"]]
    assert len(told) <= 15  # five of them are the write path's own


LOOSE = {"key": "sick_note", "name": "诊断证明", "required": False, "condition": "有病人的", "form": "copy"}


def with_loose_paper():
    content = make_item_version(code="CV0004").data
    return make_item_version(code="CV0004", materials=[*content["materials"], LOOSE]).item.code


def test_a_paper_that_only_some_need_does_not_apply_until_somebody_says_so(built, do, case_of):
    case = case_of(do("window", "cases.receive", built(with_loose_paper), **WHO, **PAPERS).subject_id)
    with entered(system_actor()):
        assert (case.state, CaseMaterial.objects.get(case=case, key="sick_note").status) == ("decide", "unneeded")


def test_a_paper_that_some_need_is_told_with_the_rest_when_it_is_missing(built, do):
    sent = {**PAPERS, "m_id_card": "missing", "m_sick_note": "missing"}
    case = do("window", "cases.receive", built(with_loose_paper), **WHO, **sent, verdict="tell").subject_id
    with entered(system_actor()):
        assert [line["name"] for line in CaseNotice.objects.get(case=case).lines] == ["居民身份证", "诊断证明"]


@pytest.mark.parametrize("channel", ["portal", "api"])
def test_a_clerk_cannot_say_that_a_case_came_over_the_portal_or_the_interface(item, do, channel):
    with pytest.raises(InputInvalid):
        do("window", "cases.receive", item, **WHO, **PAPERS, channel=channel)
    with entered(system_actor()):
        assert not Case.objects.exists()
