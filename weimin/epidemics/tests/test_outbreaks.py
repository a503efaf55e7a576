"""From an alert to the closing report: verification, measures of three parties, contacts, the chain of two hours (H6, A-52)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta

import pytest

from weimin.epidemics.models import Alert, Contact, ContactDay, Hop, Measure, Outbreak
from weimin.epidemics.tests.builders import (
    NOW,
    TODAY,
    act_now,
    group_of,
    make_alert,
    make_card,
    make_chain,
    make_contact,
    make_measure,
    make_outbreak,
    make_place,
)  # fmt: skip
from weimin.flows.models import OPEN, Step
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken

pytestmark = pytest.mark.req("H6")
TOWNSHIP, VILLAGE = 500242101000, 500242101200
OPENING = {"disease": "hand_foot_mouth", "name": "", "first_on": "2026-11-21"}
OVER = {"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 12), "opened_on": date(2026, 11, 3)}  # the eleventh day after the last case is today


@pytest.fixture
def institution(everywhere, actor):
    return actor("institution", TOWNSHIP)


@pytest.fixture
def school(institution):
    return make_place(VILLAGE, "大坡小学", reporter=4711)


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize(("after", "on_time"), [(timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False)])
def test_an_alert_is_verified_in_its_hours_or_late(institution, school, after, on_time):
    alert = make_alert(school, raised_at=NOW, due_at=NOW + timedelta(hours=24))
    act_now(institution, "epidemics.verify_alert", {"finding": "三个孩子手、口有疱疹"}, target=alert.pk, now=NOW + after)
    alert.refresh_from_db()
    assert (alert.state, alert.verified_at <= alert.due_at, alert.finding) == ("verified", on_time, "三个孩子手、口有疱疹")
    assert Step.objects.get(OPEN, subject_id=alert.pk, flow="epidemic_alert").state == "verified"


def test_a_dismissal_needs_its_reason(institution, school):
    alert = make_alert(school)
    with pytest.raises(InputInvalid):
        act_now(institution, "epidemics.dismiss_alert", {"reason": ""}, target=alert.pk)
    assert Alert.objects.get().state == "raised"


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("raised", "open_outbreak"),
        ("raised", "handle_alert"),
        ("dismissed", "verify_alert"),
        ("verified", "verify_alert"),
        ("verified", "close_alert"),
        ("closed", "dismiss_alert"),
    ],
)
def test_an_alert_goes_from_state_to_state_as_the_table_says(institution, school, state, action):
    alert = make_alert(school, state=state)
    with pytest.raises(RuleBroken, match="不能办理这一步"):
        act_now(institution, f"epidemics.{action}", {}, target=alert.pk)


def test_an_outbreak_has_its_measures_with_desks_and_takes_its_cases(institution, school):
    alert = make_alert(school, state="verified")
    card = make_card(VILLAGE, place=school)
    other = make_card(VILLAGE, "别的病", place=school, disease="varicella")
    act_now(institution, "epidemics.open_outbreak", OPENING, target=alert.pk)
    outbreak, owed = Outbreak.objects.get(), Measure.objects.order_by("pk")
    card.refresh_from_db(), other.refresh_from_db(), alert.refresh_from_db()
    assert (outbreak.name, outbreak.observation, card.outbreak, other.outbreak, alert.state) == ("大坡小学手足口病", 10, outbreak, None, "handled")
    assert {(row.party, row.role) for row in owed} == {("health", "institution"), ("school", "school"), ("community", "village"), ("family", "doctor")}
    steps = Step.objects.filter(OPEN, flow="epidemic_measure")
    assert (steps.count(), set(steps.filter(role="school").values_list("holder", flat=True))) == (owed.count(), {4711})


def test_a_school_without_a_reporter_is_looked_after_by_the_institution(institution):
    alert = make_alert(make_place(VILLAGE), state="verified")
    act_now(institution, "epidemics.open_outbreak", OPENING, target=alert.pk)
    assert set(Measure.objects.filter(party="school").values_list("role", flat=True)) == {"institution"}


def test_a_party_does_its_own_measures(institution, actor, school):
    outbreak = make_outbreak(school)
    clerk = actor("village", VILLAGE)
    with pytest.raises(RuleBroken, match="由学校落实"):
        act_now(clerk, "epidemics.do_measure", {"note": "做了"}, "a", target=make_measure(outbreak).pk)
    own = make_measure(outbreak, "community")
    act_now(clerk, "epidemics.do_measure", {"note": "走访了 3 户"}, "b", target=own.pk)
    own.refresh_from_db()
    assert (own.state, own.note, own.done_by) == ("done", "走访了 3 户", clerk.name)


@pytest.mark.parametrize(("first", "left"), [("2026-11-23", (None, None)), ("2026-11-20", (date(2026, 11, 20), date(2026, 11, 22)))])
def test_a_class_whose_closure_is_called_off_owes_its_reports_again(school, institution, first, left):
    group = school.groups.first()
    data = {"group": str(group.pk), "from_on": first, "until_on": "2026-11-30", "reason": "三例"}
    act_now(institution, "epidemics.close_class", data, target=make_outbreak(school).pk)
    act_now(institution, "epidemics.drop_measure", {"reason": "化验阴性"}, target=Measure.objects.get().pk)
    group.refresh_from_db()
    assert (group.suspended_from, group.suspended_until) == left


def test_a_closed_class_owes_a_measure_and_no_report(institution, school):
    outbreak, group = make_outbreak(school), group_of(school)
    act_now(
        institution,
        "epidemics.close_class",
        {"group": str(group.pk), "from_on": "2026-11-23", "until_on": "2026-12-02", "reason": "同班 3 例"},
        target=outbreak.pk,
    )
    group.refresh_from_db()
    assert (group.suspended_until, Measure.objects.get().text) == (date(2026, 12, 2), "一年级1班停课（2026-11-23 至 2026-12-02）：同班 3 例")


def test_a_class_of_another_school_is_not_closed(institution, school):
    data = {"group": str(group_of(make_place(VILLAGE)).pk), "from_on": "2026-11-23", "until_on": "2026-12-02", "reason": "x"}
    with pytest.raises(InputInvalid):
        act_now(institution, "epidemics.close_class", data, target=make_outbreak(school).pk)


def test_contacts_are_asked_together_and_released_the_day_after_their_last(institution, school):
    outbreak = make_outbreak(school)
    act_now(institution, "epidemics.add_contacts", {"people": "甲 13800002222 同桌\n乙\n丙", "last_contact_on": "2026-11-12"}, "a", target=outbreak.pk)
    over, ill, missed = Contact.objects.order_by("pk")
    late = make_contact(outbreak, "丁", until_on=TODAY)
    data = {"on": "2026-11-23", "ill": [str(ill.pk)], "missed": [str(missed.pk)]}
    act_now(institution, "epidemics.record_contacts", data, "b", target=outbreak.pk)
    assert list(Contact.objects.order_by("pk").values_list("state", flat=True)) == ["released", "observed", "observed", "observed"]
    said = dict(ContactDay.objects.values_list("contact", "condition"))
    assert said == {over.pk: "well", ill.pk: "ill", missed.pk: "missed", late.pk: "well"}


def test_two_of_one_name_are_both_watched_and_who_was_released_is_watched_again(institution, school):
    outbreak = make_outbreak(school)
    make_contact(outbreak, "冉小花", phone="13800001111")
    make_contact(outbreak, "田小米", phone="13800003333", state="released", ended_on=TODAY)
    people = "冉小花 13800002222 同桌\n冉小花 13800001111 同桌\n冉小花\n田小米 13800003333 邻居"
    said = act_now(institution, "epidemics.add_contacts", {"people": people, "last_contact_on": "2026-11-22"}, "a", target=outbreak.pk).message
    observed = Contact.objects.filter(state="observed").order_by("pk")
    assert list(observed.values_list("name", "phone")) == [("冉小花", "13800001111"), ("冉小花", "13800002222"), ("田小米", "13800003333")]
    assert "登记了 2 人" in said and "2 人已在观察中" in said


def test_asking_again_on_a_day_corrects_it(institution, school):
    outbreak = make_outbreak(school)
    contact = make_contact(outbreak)
    act_now(institution, "epidemics.record_contacts", {"on": "2026-11-23", "ill": [str(contact.pk)]}, "a", target=outbreak.pk)
    act_now(institution, "epidemics.record_contacts", {"on": "2026-11-23"}, "b", target=outbreak.pk)
    assert list(ContactDay.objects.values_list("condition", flat=True)) == ["well"]


def test_nobody_is_released_on_the_last_day_of_observation(institution, school):
    contact = make_contact(make_outbreak(school), until_on=TODAY)
    with pytest.raises(InputInvalid, match="第二天起"):
        act_now(institution, "epidemics.end_contact", {"state": "released", "on": "2026-11-23"}, target=contact.pk)


def test_each_hop_of_the_chain_runs_two_hours_from_the_one_before(institution, actor, school):
    outbreak = make_outbreak(school)
    found = {"found_on": "2026-11-23", "found_time": "08:00", "reason": "一周内 10 例"}
    act_now(institution, "epidemics.declare_emergency", found, target=outbreak.pk)
    told = {"told": "县卫健局", "way": "电话", "told_on": "2026-11-23"}
    act_now(institution, "epidemics.report_up", {**told, "told_time": "09:30"}, "a", target=outbreak.pk)
    with pytest.raises(RuleBroken, match="县级卫健部门"):
        act_now(institution, "epidemics.report_up", {**told, "told_time": "09:40"}, "b", target=outbreak.pk)
    bureau = actor("health_bureau", 500242000000)
    act_now(bureau, "epidemics.report_up", {**told, "told": "县政府、市卫健委", "told_time": "11:31"}, "c", target=outbreak.pk, now=NOW + timedelta(hours=2))
    hops = Hop.objects.order_by("told_at")
    assert [(hop.link, hop.on_time, (hop.due_at - NOW) / timedelta(hours=1)) for hop in hops] == [("to_bureau", True, 0), ("to_government", False, 1.5)]
    outbreak.refresh_from_db()
    assert (outbreak.chain, Step.objects.filter(OPEN, flow="emergency_chain").count()) == ("told", 0)


def test_a_hop_is_not_reported_before_it_began(institution, school):
    outbreak = make_chain(make_outbreak(school), since=NOW)
    with pytest.raises(InputInvalid, match="上一个环节"):
        act_now(institution, "epidemics.report_up", {"told": "局", "way": "电话", "told_on": "2026-11-23", "told_time": "09:59"}, target=outbreak.pk)


def test_an_outbreak_is_closed_when_nothing_stands_against_it(institution, school):
    outbreak = make_outbreak(school, **OVER)
    alert = make_alert(school, state="handled", outbreak=outbreak)
    act_now(institution, "epidemics.close_outbreak", {"conclusion": "接触传播，已控制"}, target=outbreak.pk)
    outbreak.refresh_from_db(), alert.refresh_from_db()
    assert (outbreak.state, outbreak.closed_on, alert.state) == ("closed", TODAY, "closed")


def test_what_stands_against_closing_is_said_in_one_sentence_each(institution, school):
    outbreak = make_outbreak(school, **{**OVER, "last_on": date(2026, 11, 13)})
    make_measure(outbreak), make_contact(outbreak), make_chain(outbreak)
    make_card(VILLAGE, outbreak=outbreak, onset_on=date(2026, 11, 14))
    with pytest.raises(RuleBroken) as refused:
        act_now(institution, "epidemics.close_outbreak", {"conclusion": "x"}, target=outbreak.pk)
    assert str(refused.value) == (
        "还不能结案：最后一例之后要满 10 天没有新病例，最早 2026-11-25 可以结案。还有报告卡没有网络直报。还有密切接触者在观察中。还有措施没有落实。突发公共卫生事件还没有报完。"
    )


def test_a_school_sees_its_panel_without_names_and_no_other_school(everywhere, client_as, school, actor):
    place = make_place(VILLAGE, "实验小学")
    client = client_as("school", VILLAGE)
    place.reporter = client.post_row.person_id
    place.save()
    own = make_outbreak(place, name="实验小学手足口病")
    make_card(VILLAGE, "冉小虎", outbreak=own), make_contact(own, "冉小花")
    page = text_of(client.get(f"/epidemics/outbreaks/{own.pk}/"))
    assert ("实验小学手足口病" in page, "冉小虎" in page, "冉小花" in page, "密切接触者" in page) == (True, False, False, False)
    assert client.get(f"/epidemics/outbreaks/{make_outbreak(school).pk}/").status_code == 404
    assert client.get("/epidemics/cards/").status_code == 403


def test_the_community_has_no_part_in_closing_and_sees_no_cards(everywhere, actor, school):
    clerk = actor("village", VILLAGE)
    with pytest.raises(NotAllowed):
        act_now(clerk, "epidemics.close_outbreak", {"conclusion": "x"}, "a", target=make_outbreak(school, **OVER).pk)
    with pytest.raises((NotAllowed, NotVisible)):
        act_now(clerk, "epidemics.report_card", {}, "b", target=make_card(VILLAGE).pk)


def test_the_panel_shows_health_posts_the_curve_and_what_stands_against_closing(everywhere, client_as, school, on_the_day):
    outbreak = make_outbreak(school)
    make_card(VILLAGE, "冉小虎", outbreak=outbreak, onset_on=TODAY), make_contact(outbreak, "冉小花")
    page = text_of(client_as("institution", TOWNSHIP).get(f"/epidemics/outbreaks/{outbreak.pk}/"))
    assert all(words in page for words in ("冉小虎", "冉小花", "流行曲线", "还不能结案", "最早 2026-12-04 可以结案", "<svg"))


def test_the_line_list_and_the_closing_report_are_files(everywhere, client_as, school):
    outbreak = make_outbreak(school)
    make_card(VILLAGE, "冉小虎", outbreak=outbreak, phone="13912345678")
    client = client_as("institution", TOWNSHIP)
    for address, inner in (("line-list.xlsx", "xl/workbook.xml"), ("report.docx", "word/document.xml")):
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/epidemics/outbreaks/{outbreak.pk}/{address}").content))
        body = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
        assert (inner in archive.namelist(), "13912345678" in body) == (True, False)
    assert client.get(f"/epidemics/outbreaks/{outbreak.pk}/report.pdf").content[:5] == b"%PDF-"


def test_the_card_on_paper_is_a_pdf_and_leaves_a_line_on_the_trail(everywhere, client_as, school):
    card = make_card(VILLAGE, place=school, group=group_of(school))
    client = client_as("doctor", VILLAGE)
    assert client.get(f"/epidemics/cards/{card.pk}/card.pdf").content[:5] == b"%PDF-"
    assert list(Entry.objects.filter(action="trail.view").values_list("subject_id", "reason")) == [(card.pk, "打印报告卡")]


@pytest.mark.parametrize("path", ["/epidemics/", "/epidemics/alerts/", "/epidemics/outbreaks/"])
def test_on_the_phone_every_figure_of_a_list_has_its_label(institution, school, client_as, path):
    make_alert(school)
    make_outbreak(school)
    page = client_as("health_bureau", 500242000000).get(path).content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    figures = re.findall(r'<td[^>]*class="[^"]*num[^"]*"[^>]*>', body)
    assert figures and all("data-l=" in cell for cell in figures)
    assert "todo" not in page.split("<table")[1].split(">")[0]
