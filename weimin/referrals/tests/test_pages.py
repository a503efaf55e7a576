"""Lists, the page of a referral, somebody to refer, papers, pairings with Excel (H4)."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from weimin.actions.act import new_key
from weimin.examinations.tests.builders import CRISIS, HIGH_PRESSURE, make_follow_up
from weimin.flows.models import Step
from weimin.health.joining import stays_of
from weimin.health.models import VisitOutcome
from weimin.health.tests.builders import act_now, make_care, make_record, make_visit
from weimin.health.wording import REASONS
from weimin.papers.content import texts
from weimin.referrals.knowing import known_of, shortened
from weimin.referrals.models import Pairing
from weimin.referrals.papers import sheet
from weimin.referrals.queries.listing import cards, list_referrals
from weimin.referrals.queries.one import stages, way_of
from weimin.referrals.tests.builders import HOSPITAL, make_pairing, make_referral, make_support
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.sites.tests.builders import make_site
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H4")
VILLAGE, TOWNSHIP, COUNTY = 500242101200, 500242101000, 500242000000


def test_each_lane_holds_its_states_and_the_most_urgent_comes_first(everywhere, actor, client_as):
    states = {
        "冉一": "sent",
        "冉二": "accepted",
        "冉三": "declined",
        "冉四": "missed",
        "冉五": "arrived",
        "冉六": "returned",
        "冉七": "received",
        "冉八": "closed",
        "冉九": "cancelled",
    }
    for place, (name, state) in enumerate(states.items()):
        make_referral(make_record(VILLAGE, name), state, wait_until=NOW + timedelta(hours=10 - place))
    who = actor("doctor", VILLAGE)
    found = {
        lane: [row.resident.name for row in list_referrals(who, {}, lane).rows]
        for lane in ("waiting", "expected", "again", "inside", "back", "recovering", "over")
    }
    assert found == {
        "waiting": ["冉一"], "expected": ["冉二"], "again": ["冉四", "冉三"], "inside": ["冉五"], "back": ["冉六"], "recovering": ["冉七"], "over": ["冉八", "冉九"],
    }  # fmt: skip
    page = client_as("doctor", VILLAGE).get("/referrals/").content.decode()
    assert "冉六" in page and "冉一" not in page  # the community begins with what came back
    page = client_as("hospital", COUNTY).get("/referrals/").content.decode()
    assert "冉一" in page and "冉六" not in page  # the hospital with what waits for its answer


def test_an_age_changes_at_midnight_here_and_not_at_eight(everywhere):
    born = make_resident(VILLAGE, "冉小满", birth_on=date(1961, 11, 24))
    row = make_referral(make_record(VILLAGE, resident=born))
    assert cards([row], datetime(2026, 11, 23, 16, 30, tzinfo=UTC))[0]["age"] == 65


def test_a_list_is_walked_by_pages_in_a_fixed_number_of_questions(everywhere, client_as):
    for place in range(45):
        make_referral(make_record(VILLAGE, f"冉{place:02d}"), wait_until=NOW + timedelta(minutes=place))
    client = client_as("hospital", COUNTY)
    client.get("/referrals/")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/referrals/?lane=waiting").content.decode()
    assert [name in page for name in ("冉00", "冉19", "冉20")] == [True, True, False]
    with CaptureQueriesContext(connection) as few:
        client.get("/referrals/?lane=back")
    assert len(many) - len(few) <= 3
    assert "45" in page


def test_a_lane_is_taken_out_by_who_treats_people_and_the_trail_says_so(everywhere, client_as):
    make_referral(make_record(VILLAGE, "冉一"), "returned")
    make_referral(make_record(VILLAGE, "冉二"))
    file = client_as("institution", TOWNSHIP).get("/referrals/?lane=back&excel=1")
    rows = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(min_row=3, values_only=True))
    assert [(dict(zip(rows[0], row, strict=True))["姓名"], dict(zip(rows[0], row, strict=True))["诊断结果"]) for row in rows[1:]] == [("冉一", "高血压 2 级")]
    assert Entry.objects.filter(action="referrals.export", after={"lane": "back", "rows": 1}).count() == 1
    assert client_as("health_bureau", COUNTY).get("/referrals/?excel=1").status_code == 403


def test_of_one_day_the_latest_stands_first(everywhere):
    referral = make_referral(
        VILLAGE, "received", answered_at=NOW - timedelta(days=10), arrived_on=TODAY - timedelta(days=10), followed_on=TODAY, follow_result="back"
    )
    assert [event.what for event in way_of(referral)] == [
        "追踪：医院已转回", "社区接收", "转回社区：县人民医院", "到院：县人民医院", "医院已同意", "上转：县人民医院",
    ]  # fmt: skip


def test_the_page_shows_where_it_stands_and_offers_what_is_next(everywhere, client_as):
    referral = make_referral(VILLAGE, "arrived", hospital_doctor="王主任")
    page = client_as("hospital", COUNTY).get(f"/referrals/{referral.pk}/").content.decode()
    assert f"/act/referrals.send_back/{referral.pk}/" in page and f"/act/referrals.accept/{referral.pk}/" not in page
    assert "两周内要追踪结果" not in page  # the community asks, not the hospital
    page = client_as("doctor", VILLAGE).get(f"/referrals/{referral.pk}/").content.decode()
    assert f"/act/referrals.follow_up/{referral.pk}/" in page and f"/act/referrals.send_back/{referral.pk}/" not in page
    assert "两周内要追踪结果：最晚 2026-11-27。" in page


def test_a_hospital_that_was_asked_has_one_first_button(everywhere, client_as):
    page = client_as("hospital", COUNTY).get(f"/referrals/{make_referral(VILLAGE).pk}/").content.decode()
    buttons = re.findall(r'class="btn([^"]*)" href="/act/referrals.(accept|decline|arrive)/', page)
    assert sorted((name, "pri" in kind) for kind, name in buttons) == [("accept", True), ("arrive", False), ("decline", False)]


@pytest.mark.parametrize(
    ("state", "facts", "shown"),
    [
        ("sent", {}, "now todo todo todo todo todo"), ("declined", {}, "done failed todo todo todo todo"), ("missed", {"appointment_on": TODAY}, "done done failed todo todo todo"),
        ("arrived", {}, "done skipped now todo todo todo"), ("returned", {"appointment_on": TODAY}, "done done done now todo todo"),
        ("closed", {"appointment_on": TODAY}, "done done done done done done"), ("cancelled", {}, "done skipped skipped skipped skipped failed"),
    ],
)  # fmt: skip
def test_the_life_line_says_what_was_skipped_and_where_it_failed(everywhere, state, facts, shown):
    assert " ".join(stage.state for stage in stages(make_referral(VILLAGE, state, **facts))) == shown


def test_somebody_is_found_and_referred_with_or_without_a_record(everywhere, client_as):
    with_record, without = make_record(VILLAGE, "冉有档"), make_resident(VILLAGE, "冉无档")
    make_referral(make_record(VILLAGE, "冉在途"))
    client = client_as("doctor", VILLAGE)
    page = client.get("/referrals/people/?text=冉").content.decode()
    assert f"/act/referrals.refer_up/{with_record.resident_id}/" in page and f"/act/referrals.refer_up/{without.pk}/" in page
    assert page.count("/act/referrals.refer_up/") == 2 and "还没有转回" in page
    assert client.get(f"/act/referrals.refer_up/{without.pk}/").status_code == 200


def test_the_form_of_the_standard_has_both_stubs_and_both_letters(everywhere, client_as):
    referral = make_referral(VILLAGE, "returned", present="血压 186/112", past="脑卒中", hospital_number="Z2026001", hospital_doctor="王主任")
    words = [text for _where, text in texts(sheet(referral, "doctor"))]
    assert [text for text in words if "单" in text and len(text) < 12] == ["双向转诊单", "双向转诊（转出）单", "双向转诊（回转）单"]
    whole = "\n".join(words)
    for part in (
        "于 2026 年 11 月 13 日 因病情需要，转入 县人民医院 心内科 科室 王主任 接诊医生。", "于 2026 年 11 月 20 日 因病情需要，转回 大坡村卫生室 李医生 接诊医生。", "性别 女，年龄 71 岁",
        "初步印象高血压 2 级", "主要现病史（转出原因）血压没有控制好\n血压 186/112", "主要既往史脑卒中", "住院病案号Z2026001", "氨氯地平 每天1次\n低盐饮食\n请在 2026 年 12 月 3 日 前随访。",
    ):  # fmt: skip
        assert part in whole, part
    client = client_as("doctor", VILLAGE)
    file = client.get(f"/referrals/{referral.pk}/sheet.docx")
    assert any("双向转诊" in paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs)
    assert client.get(f"/referrals/{referral.pk}/sheet.pdf").content[:5] == b"%PDF-"
    assert client.get(f"/referrals/{referral.pk}/sheet.txt").status_code == 404


def test_before_the_return_there_is_only_the_way_up(everywhere):
    words = "".join(text for _where, text in texts(sheet(make_referral(VILLAGE), "doctor")))
    assert "（转出）单" in words and "（回转）单" not in words


def test_the_stay_in_hospital_is_told_to_the_health_record(everywhere, actor):
    record = make_record(VILLAGE)
    make_referral(record, "closed", sent_at=NOW - timedelta(days=200), arrived_on=date(2026, 5, 8), returned_on=date(2026, 5, 20))
    make_referral(record, "arrived", admitted_on=date(2026, 11, 16))
    make_referral(make_record(VILLAGE, "别人"), "arrived")
    assert sorted(stays_of(actor("doctor", VILLAGE), record)) == [(date(2026, 5, 8), date(2026, 5, 20)), (date(2026, 11, 15), None)]


AGREED = {"from_on": "2026-01-01", "specialities": "心内科", "elsewhere": HOSPITAL}


def test_a_site_is_paired_once_and_support_is_counted(everywhere, actor, client_as, on_the_day):
    site = make_site(region=VILLAGE, tier="institution", name="大坡社区卫生服务中心", state="open", opened_on=date(2020, 1, 1))
    bureau = actor("health_bureau", COUNTY)
    act_now(bureau, "referrals.agree_pairing", {**AGREED, "site": str(site.pk)})
    pairing = Pairing.objects.get()
    assert (pairing.institution, pairing.institution_site, pairing.region, pairing.hospital) == (site.name, site.pk, VILLAGE, HOSPITAL)
    with pytest.raises(RuleBroken, match="已经有对口支援"):
        act_now(bureau, "referrals.agree_pairing", {**AGREED, "site": str(site.pk)}, "again")
    make_support(pairing, days=3, patients=40)
    make_support(pairing, on=date(2025, 11, 2), days=9)
    make_support(pairing, days=5, withdrawn_on=TODAY, withdrawn_reason="重复")
    make_referral(VILLAGE, "returned", pairing=pairing)
    file = client_as("health_bureau", COUNTY).get("/referrals/pairings/?excel=1")
    rows = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(min_row=3, values_only=True))
    found = dict(zip(rows[0], rows[1], strict=True))
    assert [found[name] for name in ("社区卫生服务机构", "支援医院", "今年支援天数", "服务人次", "今年上转", "今年转回")] == [site.name, HOSPITAL, 3, 40, 1, 1]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"institution": "卫生室", "elsewhere": "", "place": str(VILLAGE)}, "请选一家医院"), ({"institution": "卫生室"}, "所在区划"), ({}, "请选一个机构"),
        ({"institution": "卫生室", "place": str(VILLAGE), "until_on": "2025-12-31"}, "不能早于开始日期"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(everywhere, actor, over, words):
    with pytest.raises(InputInvalid, match=words):
        act_now(actor("health_bureau", COUNTY), "referrals.agree_pairing", AGREED | over)
    assert Pairing.objects.count() == 0


def test_support_outside_the_time_of_the_pairing_is_refused(everywhere, actor):
    pairing = make_pairing(VILLAGE, from_on=date(2026, 6, 1))
    with pytest.raises(InputInvalid, match="不在对口支援的期间里"):
        act_now(
            actor("institution", TOWNSHIP),
            "referrals.record_support",
            {"on": "2026-05-31", "days": "1", "doctors": "王主任", "work": "坐诊"},
            target=pairing.pk,
        )


def test_the_page_of_a_pairing_lists_what_was_done(everywhere, client_as):
    pairing = make_pairing(VILLAGE)
    make_support(pairing)
    page = client_as("institution", TOWNSHIP).get(f"/referrals/pairings/{pairing.pk}/").content.decode()
    assert "坐诊、带教" in page and "2 天，服务 30 人次" in page and f"/act/referrals.change_pairing/{pairing.pk}/" in page


def test_what_an_examination_found_leads_to_the_form_with_everything_filled_in(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    row = make_follow_up(record, (CRISIS,), refer=True)
    client, address = client_as("doctor", VILLAGE), f"/act/referrals.refer_up/{record.resident_id}/"
    for page in (f"/examinations/abnormal/{row.pk}/", f"/examinations/{row.examination_id}/"):
        assert f'href="{address}' in client.get(page).content.decode()
    form = client.get(address).context["form"]
    assert form["urgency"].value() == "emergency" and form["reason"].value() == "体检达到危急值：血压 186/112"
    assert form["present"].value() == "2026-11-01：体检 血压 186/112"


def test_the_card_of_a_record_says_who_has_to_be_referred_until_it_is_done(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    row = make_follow_up(record, (CRISIS,), refer=True)
    client = client_as("doctor", VILLAGE)
    page = client.get(f"/health/{record.pk}/").content.decode()
    assert "处理后马上转诊" in page and "体检达到危急值：血压 186/112" in page
    make_referral(record, sent_at=NOW)
    assert "处理后马上转诊" not in client.get(f"/health/{record.pk}/").content.decode()
    assert "达到危急值：马上联系本人" in client.get(f"/examinations/{row.examination_id}/").content.decode()


def test_somebody_on_the_way_is_not_offered_a_second_referral(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    row = make_follow_up(record, (CRISIS,), refer=True)
    make_referral(record)
    assert "/act/referrals.refer_up/" not in client_as("doctor", VILLAGE).get(f"/examinations/abnormal/{row.pk}/").content.decode()


def test_what_was_settled_is_no_ground_and_a_visit_comes_after_an_emergency(everywhere, actor):
    record = make_record(VILLAGE, "冉桂兰")
    make_follow_up(record, (HIGH_PRESSURE,), state="closed", closing="normal", closed_on=date(2026, 11, 10))
    doctor = actor("doctor", VILLAGE)
    assert "reason" not in known_of(doctor, record, TODAY).facts
    record = make_record(VILLAGE, "冉桂香")
    make_follow_up(record, (CRISIS,), refer=True)
    make_care(record)
    make_visit(record, outcome="unsatisfied", systolic=156, on=date(2026, 11, 20))
    VisitOutcome.objects.update(refer=True, reasons=["second_time"])
    facts = known_of(doctor, record, TODAY).facts
    assert (
        facts["reason"].split("；") == ["体检达到危急值：血压 186/112", str(REASONS["second_time"])]
        and facts["present"].splitlines()[0] == "2026-11-01：体检 血压 186/112"
    )


def test_reasons_that_do_not_fit_the_line_are_left_out_whole():
    assert shortened(["甲" * 150, "乙" * 60, "丙"]) == "甲" * 150 + "；丙"
    assert shortened(["甲" * 300]) == "甲" * 200


def test_a_doctor_reads_which_hospital_supports_the_community_and_whom_to_call(everywhere, client_as):
    make_pairing(TOWNSHIP, contact="王主任", contact_phone="02372660001")
    page = client_as("doctor", VILLAGE).get("/referrals/pairings/").content.decode()
    assert HOSPITAL in page and "王主任" in page and "02372660001" in page and "还没有对口支援" not in page
    assert HOSPITAL not in client_as("doctor", 500242102200).get("/referrals/pairings/").content.decode()


def test_the_hospital_reads_chinese_when_the_doctor_works_in_english(everywhere, client_as):
    record = make_record(VILLAGE, "冉桂兰")
    client = client_as("doctor", VILLAGE)
    client.cookies["django_language"] = "en"
    sent = {"urgency": "emergency", "elsewhere": HOSPITAL, "reason": "血压 180/110", "impression": "高血压", "key": new_key()}
    assert client.post(f"/act/referrals.refer_up/{record.resident_id}/", sent).status_code == 302
    assert Step.objects.get(flow="referral").title == "上转冉*兰"


@pytest.mark.parametrize(("state", "action"), [("sent", "accept"), ("sent", "decline"), ("arrived", "send_back")])
def test_the_form_of_a_hospital_says_whom_it_is_about(everywhere, client_as, state, action):
    referral = make_referral(VILLAGE, state)
    page = client_as("hospital", COUNTY).get(f"/act/referrals.{action}/{referral.pk}/").content.decode()
    assert f"{referral.resident.name} · 上转 {referral.hospital}" in page


def test_an_appointment_of_yesterday_is_refused_with_a_sentence(everywhere, client_as):
    referral = make_referral(VILLAGE)
    data = {"department": "心内科", "hospital_doctor": "王主任", "appointment_on": "2020-01-01", "key": new_key()}
    answer = client_as("hospital", COUNTY).post(f"/act/referrals.accept/{referral.pk}/", data)
    assert answer.status_code == 422 and "60 天之内" in answer.content.decode()
