"""One patient told through the pages by four posts: a record is opened, pressure found high, an emergency said while typing, the hospital takes over
and gives back, forms are printed, the institution sees who is behind a figure, the district sees the figure.

One test, since a story has an order; each chapter is one function and asserts what the next one sees.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from browser.cast import Part, Seated
from browser.desk import Desk, Office
from browser.ground import YOUYANG, inside
from browser.papers import pages_of_pdf, photo
from browser.stage import on_stage
from django.utils import timezone

from weimin.accounts.models import Post
from weimin.indicators.storing import store_day
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.browser
TOWNSHIP, VILLAGE = 500242101000, 500242101200
NAME, OTHER, HOSPITAL = "冉桂兰", "田大山", "县人民医院"
TODAY = timezone.localdate()
CAST = [
    Part("doctor", "村医冉医生", "doctor", VILLAGE), Part("institution", "卫生院石院长", "institution", TOWNSHIP), Part("hospital", "医院王主任", "hospital", YOUYANG),
    Part("bureau", "卫健委白科", "health_bureau", YOUYANG), Part("clerk", "窗口田小红", "window", TOWNSHIP),
]  # fmt: skip
PICTURES = os.environ.get("WEIMIN_STORY_PICTURES", "")  # a folder: what the phone shows is kept there


@dataclass
class Story:
    """What the chapters hand on: addresses that somebody saw."""

    office: Office
    record: str = ""
    referral: str = ""

    def desk(self, key: str, **how: bool) -> Desk:
        return self.office.open(key, **how)


def before(people: Mapping[str, Seated]) -> None:
    """Two residents are in the register, the hospital's post has its unit, and the night has counted."""
    with inside(YOUYANG), entered(system_actor()):
        make_resident(VILLAGE, NAME, birth_on=date(1958, 3, 8))
        make_resident(VILLAGE, OTHER, birth_on=date(1961, 5, 2), gender="m")
        Post.objects.filter(pk=people["hospital"].post).update(unit=HOSPITAL)
    with inside(YOUYANG), entered(system_actor(), role="NONE"):
        store_day(TODAY, timezone.now())


@pytest.fixture
def story(django_db_setup: None, django_db_blocker, tmp_path) -> Iterator[Story]:
    with django_db_blocker.unblock(), on_stage("health", YOUYANG, CAST, tmp_path, before) as office:
        yield Story(office)


def fits(desk: Desk, name: str) -> None:
    """A phone is not scrolled sideways, and what is pressed is as large as a finger."""
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    small = desk.page.locator("main .btn:visible, main label.tick:visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.innerText)"
    )
    assert small == [], f"{name}: smaller than a finger: {small}"


def open_record(story: Story) -> None:
    """From the register, with nothing typed twice."""
    desk = story.desk("doctor", phone=True).go("/residents/").follow(NAME).press("建立健康档案").send()
    desk.sees("50024210110100001").page.locator("a[href^='/health/']", has_text="查看").click()
    desk.press("填写个人基本信息表").fill({"blood": "1", "illness": ["2"], "contact": OTHER}).send()
    desk.sees(NAME, "50024210110100001", "A 型", OTHER)
    story.record = desk.page.url
    fits(desk, "record")


def take_under_care(story: Story) -> None:
    desk = (
        story.desk("doctor", phone=True)
        .go(story.record)
        .do("筛查登记", {"programme": "hypertension", "verdict": "confirmed", "confirmed_at": HOSPITAL, "grade": "2 级"})
    )
    desk.sees("高血压", "管理中", (TODAY + timedelta(days=90)).isoformat())


def visit_in_an_emergency(story: Story) -> None:
    """180/110: the standard says so while it is typed, and again after saving; the next visit moves to within two weeks."""
    desk = story.desk("doctor", phone=True).go(story.record).press("登记随访")
    desk.fill({"systolic": "180", "diastolic": "110"})
    desk.page.locator("#verdict").get_by_text("处理后马上转诊").wait_for()
    desk.fill({"adherence": "2", "hypertension_symptoms": ["2"], "medicines": "氨氯地平 每天1次 每次5mg", "photo": photo("visit")})
    fits(desk, "visit")
    desk.send().sees("180/110 mmHg", "控制不满意", (TODAY + timedelta(days=14)).isoformat(), "纸质随访表照片")
    institution = story.desk("institution").go("/messages/").sees("需要紧急转诊")
    assert NAME not in institution.text


def refer(story: Story) -> None:
    facts = {"urgency": "emergency", "hospital": HOSPITAL, "department": "心内科", "reason": "血压 180/110", "impression": "高血压 3 级"}
    desk = story.desk("doctor", phone=True).go(story.record).do("上转", facts)
    story.referral = desk.page.url
    desk.sees(HOSPITAL)


def treat_and_give_back(story: Story) -> None:
    """The hospital accepts, the patient comes, and goes home with a summary."""
    desk = story.desk("hospital").go("/referrals/").follow(NAME)
    story.referral = desk.page.url
    desk.do("同意接收", {"department": "心内科", "hospital_doctor": "王主任"}).do("登记到院", {"arrived_on": TODAY, "admitted": True, "hospital_number": "Z1"})
    back = {
        "diagnosis": "高血压 3 级（高危）", "results": "心电图：左室高电压", "treatment": "联合用药降压", "rehabilitation": "低盐饮食，每天量血压",
        "doctor_name": "王主任", "visit_by": TODAY + timedelta(days=7),
    }  # fmt: skip
    desk.do("转回社区", back).sees("高血压 3 级（高危）")


def receive_back(story: Story) -> None:
    desk = story.desk("doctor", phone=True).go(story.referral).do("接收", {})
    fits(desk.go(story.record), "record-after")
    desk.sees("高血压 3 级（高危）", (TODAY + timedelta(days=7)).isoformat())


def stand_on_todays_list(story: Story) -> None:
    """Six days later the recovery visit stands on the phone's list, one tap from its form."""
    story.office.turn_clock(date.today() + timedelta(days=6))
    desk = story.desk("doctor", phone=True).go("/health/today/?doctor=me").sees(NAME, "还剩 1 天", "高血压")
    fits(desk, "today")
    desk.press("随访").sees("高压（收缩压）")
    story.office.turn_clock(date.today())


def print_forms(story: Story) -> None:
    """The follow-up form and the whole record, masked; an empty form for paper."""
    desk = story.desk("doctor").go(story.record).press("打印表格").sees("高血压患者随访服务记录表")
    own = desk.page.request.get(f"{desk.page.url}?form=hypertension&ending=pdf").body()
    whole = desk.page.request.get(f"{desk.page.url}?form=whole&ending=pdf").body()
    empty = desk.page.request.get(f"{story.office.url}/health/forms/?form=hypertension&ending=pdf").body()
    assert (pages_of_pdf(own), pages_of_pdf(empty)) == (1, 1) and pages_of_pdf(whole) >= 3


def look_behind_the_figure(story: Story) -> None:
    """The institution sees who has no record; the district sees the figure and nobody; a clerk sees neither."""
    desk = story.desk("institution").go(f"/health/indicators/?place={VILLAGE}&code=health.record_rate").sees("健康档案建档率", OTHER)
    assert NAME not in desk.page.locator("[aria-labelledby=who]").inner_text()
    bureau = story.desk("bureau").go("/health/indicators/?code=health.record_rate").sees("健康档案建档率", "分子")
    bureau.go(f"/health/indicators/?place={VILLAGE}&code=health.record_rate")
    assert NAME not in bureau.text and OTHER not in bureau.text
    clerk = story.desk("clerk")
    assert (clerk.go("/health/indicators/").status, clerk.go(story.record).status) == (403, 404)


CHAPTERS = [
    open_record,
    take_under_care,
    visit_in_an_emergency,
    refer,
    treat_and_give_back,
    receive_back,
    stand_on_todays_list,
    print_forms,
    look_behind_the_figure,
]


@pytest.mark.req("H1", "H2", "H3", "H4", "H10", "X1")
def test_a_patient_goes_to_hospital_and_comes_back_in_the_browser(story: Story) -> None:
    for chapter in CHAPTERS:
        chapter(story)
    assert story.office.faults == []
