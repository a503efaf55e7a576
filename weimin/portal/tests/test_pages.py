"""What a resident sees and does without signing in."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from weimin.cases.models import Case, CaseMaterial, Rating
from weimin.cases.tests.agency_builders import make_mandate, put_case_under
from weimin.cases.tests.builders import make_case, make_item_version
from weimin.cases.tokens import mandate_token, progress_token
from weimin.portal.guessing import forget, note
from weimin.portal.models import Attempt
from weimin.portal.progress import owed_of
from weimin.portal.rules import SENT_FROM_ADDRESS
from weimin.reception.models import Booking, WindowKind
from weimin.reception.tests.builders import make_centre, make_pledge, make_window
from weimin.residents.tests.builders import id_number, make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db]
HOME = "/public/500242000000/"
FOUR = "002X"


def text_of(answer: Any) -> str:
    return answer.content.decode()


def test_who_is_signed_in_elsewhere_stays_so(visitor):
    """The person of another jurisdiction's session is nobody here; here it is one whose person does not exist."""
    session = visitor.session
    session["person"] = 987_654_321
    session.save()
    visitor.cookies["weimin_session"] = session.session_key
    assert visitor.get(HOME).status_code == 200
    assert Session.objects.filter(session_key=session.session_key).exists()


@pytest.mark.req("S1")
def test_an_item_is_found_by_what_people_call_it(here, places):
    make_item_version(code="CV0001", name="最低生活保障审核确认", words=["低保", "吃低保"])
    make_item_version(code="CV0003", name="城乡居民医保参保", words=["医保"])
    page = text_of(here.get(f"{HOME}guide/?q=吃低保"))
    assert "最低生活保障审核确认" in page
    assert "城乡居民医保参保" not in page


def test_an_item_says_what_to_bring_and_how_long_it_takes(here):
    version = make_item_version(promised_limit={"value": 12, "unit": "workday"})
    page = text_of(here.get(f"{HOME}guide/{version.content.code}/"))
    assert all(material.name in page for material in version.content.materials)
    assert "12 个工作日" in page


def test_an_item_out_of_service_is_missing(here):
    version = make_item_version()
    version.item.offered = False
    version.item.save()
    assert here.get(f"{HOME}guide/{version.content.code}/").status_code == 404


def test_the_guide_can_be_taken_home_as_pdf(here):
    answer = here.get(f"{HOME}guide/{make_item_version().content.code}/paper/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(("name", "begins"), [("blank.pdf", b"%PDF-"), ("example.docx", b"PK")])
def test_the_form_of_an_item_is_taken_home_empty_and_as_an_example(here, name, begins):
    address = f"{HOME}guide/{make_item_version().content.code}/"
    assert f"{address}{name}" in text_of(here.get(address))
    assert here.get(f"{address}{name}").content.startswith(begins)


def test_a_form_of_no_kind_or_of_an_item_out_of_service_is_missing(here):
    version = make_item_version()
    address = f"{HOME}guide/{version.content.code}/"
    assert here.get(f"{address}other.pdf").status_code == here.get(f"{address}blank.odt").status_code == 404
    version.item.offered = False
    version.item.save()
    assert here.get(f"{address}blank.pdf").status_code == 404


@pytest.mark.req("S2")
def test_a_centre_shows_its_windows_hours_and_promises(here, places):
    site = make_centre(places.village)
    make_window(site)
    make_pledge(site, kind="promise", text="一次告知，不让您多跑")
    page = text_of(here.get(f"{HOME}centres/{site.pk}/"))
    assert all(words in page for words in ("民生服务窗口", "8:30", "一次告知，不让您多跑"))


def test_a_site_that_is_not_open_has_no_public_page(here, places):
    site = make_centre(places.village, state="suspended")
    assert here.get(f"{HOME}centres/{site.pk}/").status_code == 404


@pytest.mark.req("S7")
def test_number_and_last_four_lead_to_the_progress_without_the_name_or_number_of_anybody(here, places):
    case = make_case(places.village, "review")
    answer = here.post(f"{HOME}progress/", {"number": case.number, "last_four": FOUR.lower()}, follow=True)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "审核中" in page
    assert case.applicant_name not in page
    assert case.applicant_id_number not in page


@pytest.mark.req("S7")
def test_a_number_typed_full_width_leads_there_too(here, places):
    case = make_case(places.village, "review")
    number, four = ("".join(chr(ord(sign) + 0xFEE0) for sign in text) for text in (case.number, FOUR))
    assert here.post(f"{HOME}progress/", {"number": number, "last_four": four}).status_code == 302


@pytest.mark.req("S7")
def test_a_wrong_number_and_a_wrong_last_four_are_answered_alike(here, places):
    case = make_case(places.village, "review")
    wrong = [here.post(f"{HOME}progress/", data) for data in ({"number": case.number, "last_four": "1111"}, {"number": "1" * 21, "last_four": FOUR})]
    said = {re.sub(r'value="[^"]*"|"X-CSRFToken":"[^"]*"', "", text_of(answer)) for answer in wrong}
    assert [answer.status_code for answer in wrong] == [422, 422]
    assert len(said) == 1


@pytest.mark.req("S7")
def test_after_five_wrong_guesses_a_number_rests_for_an_hour_even_for_the_right_four(here, places):
    case = make_case(places.village, "review")
    for _number in range(5):
        here.post(f"{HOME}progress/", {"number": case.number, "last_four": "1111"})
    assert here.post(f"{HOME}progress/", {"number": case.number, "last_four": FOUR}).status_code == 429
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))
    assert here.post(f"{HOME}progress/", {"number": case.number, "last_four": FOUR}).status_code == 302


@pytest.mark.req("S7")
def test_guesses_are_forgotten_after_a_day(here, places):
    here.post(f"{HOME}progress/", {"number": "1" * 21, "last_four": "1111"})
    assert forget(timezone.now()) == 0
    assert forget(timezone.now() + timedelta(days=2)) == 2


def test_a_paper_that_only_some_need_is_owed_when_it_was_asked_for(here, places):
    case = make_case(places.village, "supplement")
    CaseMaterial.objects.filter(case=case).update(status="received")
    CaseMaterial.objects.create(case=case, region=case.region, key="lease", name="租房合同", required=False, status="missing")
    assert [paper.name for paper in owed_of(case)] == ["租房合同"]


@pytest.mark.req("S7")
def test_the_code_of_the_receipt_opens_the_progress_and_a_changed_one_nothing(here, places):
    token = progress_token(make_case(places.village, "supplement"))
    assert "还要交的材料" in text_of(here.get(f"{HOME}progress/?receipt={token}"))
    assert here.get(f"{HOME}progress/?receipt={token[:-1]}{'A' if token[-1] != 'A' else 'B'}").status_code == 404


def test_the_receipt_of_another_jurisdiction_opens_nothing(here, places):
    token = progress_token(make_case(places.village, "review"))
    assert here.get(f"/public/341221203000/progress/?receipt={token}").status_code == 404


@pytest.mark.req("S4")
def test_the_slip_shows_the_resident_every_act_of_the_agent(here, places):
    mandate = make_mandate(places.village)
    case = put_case_under(mandate)
    page = text_of(here.get(f"{HOME}progress/?slip={mandate_token(mandate)}"))
    assert all(words in page for words in (mandate.agent_name, case.item_name, mandate.number))
    assert mandate.principal_name not in page


@pytest.mark.req("S8")
def test_a_finished_case_is_rated_once(here, places):
    now = timezone.now()
    case = make_case(places.village, "delivered", now=now)
    token = progress_token(case)
    sent = {"grade": "2", "words": "跑了三趟", "channel": "portal"}
    assert "谢谢您的评价" in text_of(here.post(f"{HOME}rate/{token}/", sent))
    assert here.post(f"{HOME}rate/{token}/", {**sent, "grade": "5"}).status_code == 422
    with entered(system_actor()):
        assert list(Rating.objects.values_list("grade", "state")) == [(2, "contact")]


def test_an_open_case_says_why_it_cannot_be_rated(here, places):
    token = progress_token(make_case(places.village, "review"))
    page = text_of(here.get(f"{HOME}rate/{token}/"))
    assert "提交评价" not in page


def application(places: Any, **over: str) -> dict[str, str]:
    return {"name": "冉桂兰", "id_kind": "id_card", "id_number": id_number(), "phone": "13912345678", "region": str(places.village), **over}


@pytest.mark.req("S3")
def test_a_resident_applies_from_home_and_gets_a_number(here, places):
    version = make_item_version(online=True)
    page = text_of(here.post(f"{HOME}apply/{version.content.code}/", application(places)))
    with entered(system_actor()):
        case = Case.objects.get()
    assert (case.state, case.channel, case.region) == ("received", "portal", places.village)
    assert case.number in page


def test_an_application_sent_twice_is_one_case(here, places):
    version = make_item_version(online=True)
    sent = application(places, key="the-same-form")
    for _number in range(2):
        assert here.post(f"{HOME}apply/{version.content.code}/", sent).status_code == 200
    with entered(system_actor()):
        assert Case.objects.count() == 1


@pytest.mark.req("X4")
def test_applying_does_not_tell_whose_number_it_is_nor_link_a_resident_by_hand(here, places):
    version, number = make_item_version(online=True), id_number()
    resident = make_resident(places.village, name="田秀英", id_number=number)
    page = text_of(here.post(f"{HOME}apply/{version.content.code}/", application(places, id_number=number, resident=str(resident.pk))))
    with entered(system_actor()):
        case = Case.objects.get()
    assert "田秀英" not in page
    assert (case.applicant, case.applicant_name) == (None, "冉桂兰")


def test_what_was_typed_stays_when_too_much_was_sent_from_one_address(here, places):
    address = f"{HOME}apply/{make_item_version(online=True).content.code}/"
    note([(SENT_FROM_ADDRESS, "127.0.0.1")] * SENT_FROM_ADDRESS.most, timezone.now())
    answer = here.post(address, application(places, note="孩子下月开学"))
    assert answer.status_code == 429
    assert all(words in text_of(answer) for words in ("这里提交得太频繁", "孩子下月开学"))


def test_an_item_that_is_not_online_cannot_be_applied_for(here):
    version = make_item_version(online=False)
    assert here.get(f"{HOME}apply/{version.content.code}/").status_code == 404


def test_a_wrong_identity_number_is_said_and_nothing_is_kept(here, places):
    version = make_item_version(online=True)
    answer = here.post(f"{HOME}apply/{version.content.code}/", application(places, id_number="110105194912310021"))
    with entered(system_actor()):
        assert (answer.status_code, Case.objects.count()) == (422, 0)


def first_slot(page: str) -> str:
    return re.findall(r'<option value="(\d+:[^"]+)"', page)[0]


@pytest.mark.req("S9")
def test_a_half_day_is_booked_found_and_cancelled(here, places):
    site = make_centre(places.village)
    make_window(site, booking_limit=2)
    address = f"{HOME}centres/{site.pk}/book/"
    sent = {"slot": first_slot(text_of(here.get(address))), "name": "冉桂兰", "phone": "13912345678", "id_last_four": "123x"}
    page = text_of(here.post(address, sent))
    with entered(system_actor()):
        booking = Booking.objects.get()
    assert booking.code in page
    asked = {"code": booking.code.lower(), "last_four": "123X"}
    assert here.post(f"{HOME}booking/", asked).status_code == 200
    here.post(f"{HOME}booking/", {**asked, "cancel": "1"})
    with entered(system_actor()):
        assert Booking.objects.get().state == "cancelled"


@pytest.mark.req("S9")
def test_who_comes_for_an_item_is_led_to_a_window_that_takes_it(here, places):
    make_item_version(code="CV0001", name="最低生活保障审核确认", window="civil")
    site, other = make_centre(places.village), make_centre(places.village, name="没有这种窗口的站")
    civil = make_window(site, 1, kind="civil", name="民政事务窗口")
    make_window(site, 2)
    make_window(other)
    where = text_of(here.get(f"{HOME}centres/?item=CV0001"))
    assert ("便民服务站</a>" in where, "没有这种窗口的站" in where, "哪里办“最低生活保障审核确认”" in where) == (True, False, True)
    assert f"{HOME}centres/{site.pk}/book/?item=CV0001" in text_of(here.get(f"{HOME}centres/{site.pk}/?item=CV0001"))
    page = text_of(here.get(f"{HOME}centres/{site.pk}/book/?item=CV0001"))
    assert set(re.findall(r'value="(\d+):20', page)) == {str(civil.pk)}


def test_an_unknown_item_narrows_nothing(here, places):
    make_centre(places.village)
    assert "便民服务站</a>" in text_of(here.get(f"{HOME}centres/?item=%00nothing"))


def test_where_nothing_can_be_booked_there_is_no_form(here, places):
    page = text_of(here.get(f"{HOME}centres/{make_centre(places.village).pk}/book/"))
    assert "没有接受预约的窗口" in page and 'method="post" novalidate' not in page


def test_pages_go_out_packed(here):
    assert here.get(f"{HOME}guide/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_the_first_page_of_several_governments_lets_one_choose(here):
    assert text_of(here.get("/public/?all=1")).count('href="/public/') >= 2


def test_an_unknown_government_is_missing(here):
    assert here.get("/public/110101000000/").status_code == 404


def test_a_refusal_on_a_public_page_does_not_send_anybody_to_sign_in(here):
    answer = here.get(f"{HOME}guide/ZZ9999/")
    assert answer.status_code == 404
    assert "/sign-in/" not in text_of(answer)
    assert "岗位" not in text_of(answer) and "回执上的二维码" in text_of(answer)


@pytest.mark.req("X12")
def test_public_pages_stay_small(here, places):
    """25 KB on a slow line, with the whole catalogue and every village of a county, full or empty."""
    call_command("catalogue_load", "--shipped", "--publish", "--jurisdiction", "500242000000", stdout=StringIO())
    case = make_case(places.village, "review")
    site = make_centre(places.village)
    for number, (kind, _label) in enumerate(WindowKind.choices, 1):
        make_window(site, number, kind=kind)
    paths = [
        "", "places/", "places/?q=l", f"places/{places.township}/", f"places/{places.village}/", "guide/", "guide/CV0101/", "apply/CV0101/", "booking/", "centres/", f"centres/{site.pk}/", f"centres/{site.pk}/book/", "progress/",
        f"progress/?receipt={progress_token(case)}", "guide/ZZ9999/",
    ]  # fmt: skip
    packed = {"accept-encoding": "gzip"}
    assert {path: size for path in paths if (size := len(here.get(HOME + path, headers=packed).content)) > 25_000} == {}
