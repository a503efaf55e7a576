"""What the pages of a case do with what was typed: nothing is lost, nothing leads nowhere."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import act, new_key
from weimin.cases.tests.builders import NOW, WHOLE_WAY, make_case, make_item_version
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.walls.actor import system_actor

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
BUTTON = '<button class="btn pri" type="submit">'


def test_what_broke_a_rule_comes_back_with_its_button(built, client_as):
    case = built(make_case, VILLAGE, "received")
    sent = {"key": new_key(), "m_id_card": "missing", "m_household_book": "received", "m_bank_card": "received"}
    page = client_as("window", TOWNSHIP).post(f"/act/cases.accept/{case.pk}/", sent)
    text = page.content.decode()
    assert (page.status_code, "还缺：居民身份证" in text, "现在不能办理" in text, BUTTON in text) == (422, True, False, True)


def test_what_the_state_refuses_has_no_button(built, client_as):
    case = built(make_case, VILLAGE, "decide")
    page = client_as("window", TOWNSHIP).post(f"/act/cases.accept/{case.pk}/", {"key": new_key()})
    text = page.content.decode()
    assert (page.status_code, "现在不能办理" in text, BUTTON in text) == (422, True, False)


def test_a_photo_that_was_not_kept_is_named(built, client_as):
    case = built(make_case, VILLAGE, "received")
    sent = {"key": new_key(), "m_id_card": "missing", "photo_household_book": SimpleUploadedFile("户口簿.jpg", b"x", "image/jpeg")}
    text = client_as("window", TOWNSHIP).post(f"/act/cases.accept/{case.pk}/", sent).content.decode()
    assert "“户口簿.jpg”还没有保存，请再选一次。" in text


def test_the_address_is_masked_until_somebody_gives_a_reason(built, client_as, do):
    case = built(make_case, VILLAGE, "decide", address="大坡村3组12号")
    assert "3组12号" not in client_as("window", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()
    assert do("window", "cases.show_identity", case.pk, reason="上门核查").once[-1] == "大坡村3组12号"


def test_what_was_done_is_said_once_on_the_next_page(built, client_as):
    case, clerk = built(make_case, VILLAGE, "received"), client_as("window", TOWNSHIP)
    sent = {"key": new_key(), "next": f"/cases/{case.pk}/", "m_id_card": "received", "m_household_book": "received", "m_bank_card": "received"}
    page = clerk.post(f"/act/cases.accept/{case.pk}/", sent, follow=True)
    assert '<p class="note ok" role="status">已受理，' in page.content.decode()
    assert 'role="status">已受理' not in clerk.get(f"/cases/{case.pk}/").content.decode()


def test_nobody_reads_what_somebody_else_did(built, client_as):
    case, clerk, other = built(make_case, VILLAGE, "received"), client_as("window", TOWNSHIP), client_as("window", TOWNSHIP, "李四")
    clerk.post(f"/act/cases.withdraw/{case.pk}/", {"key": new_key(), "reason": "不办了"})
    other.cookies["weimin_done"] = clerk.cookies["weimin_done"].value
    assert 'role="status">已撤回' not in other.get(f"/cases/{case.pk}/").content.decode()


def test_what_the_software_did_says_so(built, client_as, jurisdiction):
    case = built(make_case, VILLAGE, "received")
    act(system_actor(VILLAGE, VILLAGE), "cases.deem_accepted", {}, new_key(), target=case.pk, now=NOW + timedelta(days=30))
    line = client_as("window", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode().split("留痕</h2>")[1]
    assert ("系统自动办理" in line, "system" in line.split("</section>")[0]) == (True, False)


def test_a_case_is_reopened_where_it_went_wrong(built, do, case_of):
    version = built(make_item_version, code="CV0002", name="特困人员供养认定", steps=WHOLE_WAY, public_notice_days=7)
    one, two = (built(make_case, VILLAGE, "delivered", version).pk for _ in range(2))
    do("window", "cases.reopen", one, reason="地址写错", stage="5")
    do("window", "cases.reopen", two, reason="全部重来")
    assert [(case_of(number).state, case_of(number).stage) for number in (one, two)] == [("certificate", 5), ("review", 0)]


def test_a_withdrawn_case_stopped_where_it_was_and_did_not_fail(built, do, client_as):
    case = built(make_case, VILLAGE, "decide")
    do("window", "cases.withdraw", case.pk, reason="不办了")
    page = client_as("window", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()
    assert ("到此为止" in page, "未通过" in page) == (True, False)
