"""From desk to desk: acceptance, supplement, review, checks, decision, delivery; each desk's time its own."""

from datetime import date, timedelta

import pytest

from weimin.cases.forms_clock import Transfer
from weimin.cases.jobs import follow
from weimin.cases.models import Case, CaseMaterial, CaseNotice, CasePause
from weimin.cases.tests.agency_builders import drawn
from weimin.cases.tests.builders import NOW, WHOLE_WAY, make_case, make_item_version
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.flows.models import Step
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def steps():
    with entered(system_actor()):
        return list(Step.objects.filter(flow="case").order_by("pk"))


def test_a_supplement_stops_the_clock_for_as_long_as_it_takes(do, built, case_of):
    case = built(make_case, VILLAGE, "decide")
    do("township", "cases.tell_missing", case.pk, m_id_card="missing", told_how="phone", now=NOW + DAY)
    do("window", "cases.supplement", case.pk, m_id_card="received", now=NOW + DAY + WEEK)
    case = case_of(case.pk)
    assert (case.state, case.desk_now, case.paused_since) == ("decide", "township", None)
    assert (str(case.due_on), str(case.legal_due_on)) == ("2026-12-14", "2026-12-28")  # five working days later than without the stop


@pytest.mark.parametrize("action", ["pause", "resume", "extend"])
def test_the_clock_of_a_case_is_stopped_at_the_case_and_not_at_its_step_alone(do, built, action):
    built(make_case, VILLAGE, "supplement" if action == "resume" else "decide")
    with pytest.raises(RuleBroken, match="在它自己的页面上办理"):
        do("lead_office", f"flows.{action}", steps()[0].pk, reason="等待听证", days="3")


def test_each_desk_is_booked_its_own_working_time_without_the_pause(do, built):
    case = built(make_case, VILLAGE, "decide")
    do("township", "cases.tell_missing", case.pk, m_id_card="missing", told_how="phone", now=NOW + DAY)
    do("window", "cases.supplement", case.pk, m_id_card="received", now=NOW + DAY + WEEK)
    do("township", "cases.decide", case.pk, outcome="granted", now=NOW + 3 * DAY + WEEK)
    held = [(step.role, step.state, step.held_for) for step in steps() if step.closed_at]
    assert held == [("township", "decide", DAY), ("window", "supplement", timedelta()), ("township", "decide", 2 * DAY)]


def test_half_a_supplement_waits_for_the_rest(do, built, case_of):
    case = built(make_case, VILLAGE, "supplement")
    receipt = do("window", "cases.supplement", case.pk, m_id_card="received", accept="on", now=NOW + DAY)
    assert "还缺：居民户口簿、本人银行账户" in receipt.message
    assert case_of(case.pk).state == "supplement"


def test_a_supplement_of_nothing_is_refused_and_not_written_down(do, built):
    case = built(make_case, VILLAGE, "supplement")
    with pytest.raises(RuleBroken, match="没有登记收到任何材料"):
        do("window", "cases.supplement", case.pk, accept="on", now=NOW + DAY)
    with entered(system_actor()):
        assert not Entry.objects.filter(action="cases.supplement").exists()


def test_a_supplement_before_acceptance_does_not_take_from_the_promise(do, built, case_of):
    case = built(make_case, VILLAGE, "supplement")
    papers = {"m_id_card": "received", "m_household_book": "received", "m_bank_card": "received"}
    do("window", "cases.supplement", case.pk, accept="on", now=NOW + WEEK, **papers)
    case = case_of(case.pk)
    assert (case.state, case.accepted_at, str(case.due_on)) == ("decide", NOW + WEEK, "2026-12-14")


def test_a_second_notice_must_say_why(do, built):
    case = built(make_case, VILLAGE, "decide", told_at=NOW)
    with pytest.raises(InputInvalid):
        do("township", "cases.tell_missing", case.pk, m_id_card="missing", told_how="phone")
    with entered(system_actor()):
        assert CaseNotice.objects.count() == 0


def test_a_case_nobody_was_told_about_counts_as_accepted_on_the_day_it_came(built, case_of):
    case = built(make_case, VILLAGE, "received", now=NOW - 14 * DAY)
    assert follow(NOW)["cases.deem_accepted"] == 1
    found = case_of(case.pk)
    assert (found.state, found.deemed, found.accepted_at, str(found.due_on)) == ("decide", True, NOW - 14 * DAY, "2026-11-23")


def test_following_the_dates_twice_changes_nothing(built):
    built(make_case, VILLAGE, "received", now=NOW - 14 * DAY)
    follow(NOW)
    assert follow(NOW) == {"cases.deem_accepted": 0, "cases.lapse": 0, "cases.settle": 0}
    with entered(system_actor()):
        assert Entry.objects.filter(action="cases.deem_accepted").count() == 1


def test_on_the_fifth_working_day_there_is_still_time_to_tell(built, case_of):
    case = built(make_case, VILLAGE, "received", now=NOW - 7 * DAY)
    assert follow(NOW)["cases.deem_accepted"] == 0
    assert case_of(case.pk).state == "received"


def test_a_promised_paper_that_did_not_come_counts_as_withdrawn(built, case_of):
    case = built(make_case, VILLAGE, "decide", lenient_due_on=date(2026, 11, 20))
    assert follow(NOW)["cases.lapse"] == 1
    found = case_of(case.pk)
    assert (found.state, found.reason, found.closed_at) == ("withdrawn", "容缺材料逾期没有补齐，视为撤回申请。", NOW)


def test_nothing_is_granted_while_a_promised_paper_is_out(do, built, case_of):
    case = built(make_case, VILLAGE, "decide", lenient_due_on=date(2026, 12, 1))
    with entered(system_actor()):
        CaseMaterial.objects.filter(case=case, key="bank_card").update(status="deferred", due_on=date(2026, 12, 1))
    with pytest.raises(RuleBroken, match="本人银行账户"):
        do("township", "cases.decide", case.pk, outcome="granted")
    do("township", "cases.fulfil", case.pk, m_bank_card="received")
    do("township", "cases.decide", case.pk, outcome="granted")
    assert case_of(case.pk).state == "deliver"


def test_a_refusal_gives_the_reason_and_the_remedy_and_skips_the_certificate(do, built, case_of):
    version = built(make_item_version, code="CV0002", steps=WHOLE_WAY)
    case = built(make_case, VILLAGE, "decide", version)
    do("county_office", "cases.decide", case.pk, outcome="refused", reason="家庭收入超过标准")
    with entered(system_actor()):
        notice = CaseNotice.objects.get(case=case)
    assert (case_of(case.pk).state, notice.kind, notice.reason) == ("deliver", "refusal", "家庭收入超过标准")
    assert "六十日内依法申请行政复议" in notice.remedy


def test_a_refusal_without_a_reason_is_not_taken(do, built, case_of):
    case = built(make_case, VILLAGE, "decide")
    with pytest.raises(InputInvalid):
        do("township", "cases.decide", case.pk, outcome="refused")
    assert case_of(case.pk).outcome == ""


def test_village_township_county_and_back_by_the_steps_of_the_item(do, built, case_of):
    version = built(make_item_version, code="CV0002", steps=WHOLE_WAY, public_notice_days=7)
    case = built(make_case, VILLAGE, "review", version, desk="village", channel="home")
    do("township", "cases.pass_on", case.pk)
    do("township", "cases.check_site", case.pk, checked_on="2026-11-23", people="张三、李四", passed="yes", findings="独居")
    review = do("township", "cases.ask_offices", case.pk, office="县自然资源局", role="county_office")
    with entered(system_actor()):
        asked = Case.objects.get(pk=review.subject_id).reviews.get()
    do("county_office", "cases.answer_office", asked.pk, answer="agree")
    do("township", "cases.sum_up", case.pk)
    do("township", "cases.post_notice", case.pk, place="村务公开栏", text="冉桂兰", days="7")
    do("township", "cases.close_notice", case.pk, objection="none", now=NOW + 8 * DAY)
    do("county_office", "cases.decide", case.pk, outcome="granted", now=NOW + 9 * DAY)
    do("county_office", "cases.make_result", case.pk, result="特困证第 12 号", now=NOW + 9 * DAY)
    do("village", "cases.deliver", case.pk, way="home", to="self", signature=drawn(), now=NOW + 10 * DAY)
    desks = [step.role for step in steps()]
    assert desks == ["township", "township", "township", "township", "county_office", "county_office", "village"]
    assert (case_of(case.pk).state, str(case_of(case.pk).due_on)) == ("delivered", "2026-12-15")  # six working days of notice are not counted


def asked_of_an_office(do, case):
    do("township", "cases.ask_offices", case.pk, office="县自然资源局", role="county_office")
    with entered(system_actor()):
        return Case.objects.get(pk=case.pk).reviews.get()


def test_nobody_is_waited_for_when_a_case_is_withdrawn(do, built):
    case = built(make_case, VILLAGE, "joint_review")
    asked_of_an_office(do, case)
    do("township", "cases.ask_extension", case.pk, value="5", reason="等部门答复")
    do("window", "cases.withdraw", case.pk, reason="不办了")
    with entered(system_actor()):
        assert not Step.objects.filter(closed_at__isnull=True).exists()


def test_an_office_answers_also_while_the_case_is_sent_back(do, built):
    case = built(make_case, VILLAGE, "joint_review")
    asked = asked_of_an_office(do, case)
    do("township", "cases.send_back", case.pk, stage="0", reason="面积要再核")
    do("county_office", "cases.answer_office", asked.pk, answer="agree")
    with entered(system_actor()):
        assert not Step.objects.filter(flow="case_opinion", closed_at__isnull=True).exists()


def test_a_public_notice_is_not_closed_before_its_last_day_is_over(do, built):
    case = built(make_case, VILLAGE, "public_notice")
    do("township", "cases.post_notice", case.pk, place="村务公开栏", text="冉桂兰", days="7")
    with pytest.raises(RuleBroken, match="2026-11-30"):
        do("township", "cases.close_notice", case.pk, objection="none", now=NOW + 7 * DAY)


def test_an_objection_that_holds_begins_the_review_anew(do, built, case_of):
    case = built(make_case, VILLAGE, "public_notice")
    do("township", "cases.post_notice", case.pk, place="村务公开栏", text="冉桂兰", days="7")
    do("township", "cases.close_notice", case.pk, objection="upheld", objections="家里有车", now=NOW + 8 * DAY)
    assert case_of(case.pk).state == "review"


def test_another_desk_cannot_move_the_case(do, built, case_of):
    case = built(make_case, VILLAGE, "decide")
    with pytest.raises(RuleBroken, match="乡镇经办"):
        do("county_office", "cases.decide", case.pk, outcome="granted")
    assert case_of(case.pk).state == "decide"


def test_a_transfer_keeps_the_deadline_and_books_the_time_of_each(do, built, case_of):
    case = built(make_case, VILLAGE, "decide")
    with entered(system_actor()):
        before = Step.objects.get(subject_id=case.pk, closed_at=None).due_on
    do("township", "cases.transfer", case.pk, role="county_office", reason="情况复杂", now=NOW + DAY)
    first, second = steps()
    assert (first.held_for, second.role, second.due_on, case_of(case.pk).desk_now) == (DAY, "county_office", before, "county_office")


def test_a_case_is_offered_to_the_posts_of_its_place_and_above_only(do, built, case_of, make_post, actor):
    case = built(make_case, VILLAGE, "decide")
    near, above, elsewhere = make_post("village", VILLAGE), make_post("window", TOWNSHIP), make_post("village", VILLAGE + 1)
    clerk = actor("township", TOWNSHIP)
    with entered(clerk):
        offered = {number for number, _role in Transfer(actor=clerk, target=case_of(case.pk), now=NOW).posts}
    assert {near.person_id, above.person_id} <= offered and elsewhere.person_id not in offered


def test_a_hearing_stops_the_clock_and_the_applicant_is_told(do, built, case_of):
    case = built(make_case, VILLAGE, "review")
    before = case_of(case.pk).due_on
    do("township", "cases.pause", case.pk, kind="hearing", reason="利害关系人要求听证")
    do("township", "cases.resume", case.pk, reason="听证结束", now=NOW + WEEK)
    with entered(system_actor()):
        assert CaseNotice.objects.get(case=case).kind == "pause"
    assert (before, case_of(case.pk).due_on) == (date(2026, 12, 7), date(2026, 12, 14))


def test_an_extension_needs_somebody_else_and_moves_both_limits(do, built, case_of):
    case = built(make_case, VILLAGE, "review")
    do("township", "cases.ask_extension", case.pk, value="10", reason="需要外地协查")
    with entered(system_actor()):
        asked = case.extensions.get()
    with pytest.raises(RuleBroken, match="别人"):
        do("township", "cases.grant_extension", asked.pk)
    do("lead_office", "cases.grant_extension", asked.pk, answer="同意")
    found = case_of(case.pk)
    assert (str(found.due_on), str(found.legal_due_on), found.extended) == ("2026-12-21", "2027-01-05", 10)


def test_more_than_the_law_allows_cannot_be_asked_for(do, built):
    case = built(make_case, VILLAGE, "decide")
    with pytest.raises(InputInvalid):
        do("township", "cases.ask_extension", case.pk, value="11", reason="忙")


def test_a_result_nobody_objected_to_is_archived_when_the_period_ends(built, case_of):
    case = built(make_case, VILLAGE, "delivered", settles_on=date(2026, 11, 22))
    waiting = built(make_case, VILLAGE, "delivered", settles_on=date(2026, 11, 23))
    assert follow(NOW)["cases.settle"] == 1
    assert (case_of(case.pk).state, case_of(waiting.pk).state) == ("archived", "delivered")


def test_what_the_resident_does_not_accept_is_done_again_without_counting_the_days_between(do, built, case_of):
    case = built(make_case, VILLAGE, "delivered")
    do("window", "cases.reopen", case.pk, reason="金额不对", now=NOW + WEEK)
    found = case_of(case.pk)
    with entered(system_actor()):
        assert CasePause.objects.get(case=case).kind == "decided"
    assert (found.state, found.outcome, found.reopened, str(found.due_on)) == ("decide", "", 1, "2026-12-14")


def test_the_full_number_is_shown_once_for_a_reason_and_leaves_one_row(do, built):
    case = built(make_case, VILLAGE, "review")
    receipt = do("township", "cases.show_identity", case.pk, reason="电话核实")
    assert receipt.once == ["11010519491231002X", "13912345678"]
    with entered(system_actor()):
        assert list(Entry.objects.filter(subject_id=case.pk).values_list("action", "reason")) == [("cases.show_identity", "电话核实")]
