"""One case told through the pages by seven people: asked on the portal, filed at home, sent back once, decided, delivered, rated badly, mended.

One test, since a story has an order; each chapter is one function and asserts what the next one sees.
"""

from __future__ import annotations

import json
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

from weimin.actions.act import act, new_key
from weimin.catalogue.files import shipped_texts

pytestmark = pytest.mark.browser
TOWNSHIP, VILLAGE = 500242101000, 500242101200
ITEM, NAME, NUMBER, LAST_FOUR = "CV0005", "冉桂兰", "11010519491231002X", "002X"
TODAY = date.today()
CAST = [
    Part("clerk", "代办员田小红", "village", VILLAGE), Part("window", "综合窗口石玲", "window", TOWNSHIP), Part("township", "民政办冉建国", "township", TOWNSHIP),
    Part("county", "县民政局白科", "county_office", YOUYANG), Part("office", "政务服务办彭工", "lead_office", YOUYANG), Part("auditor", "审计员向工", "auditor", YOUYANG),
]  # fmt: skip
READY = {f"m_{key}": "received" for key in ("id_card", "application", "household_book", "funds_commitment", "expense_proof", "bank_account")}


@dataclass
class Story:
    """What the chapters hand on: addresses that somebody saw."""

    office: Office
    papers: Path
    case: str = ""
    number: str = ""
    receipt: str = ""
    rating: str = ""

    def desk(self, key: str, **how: bool) -> Desk:
        return self.office.open(key, **how)

    def on_day(self, number: int) -> None:
        self.office.turn_clock(TODAY + timedelta(days=number))

    def give(self, desk: Desk, paper: str, page: str = "") -> None:
        """A paper is given out from the list beside the case; printed again it is the same, byte for byte of what it says."""
        row = desk.go(page or self.case).page.locator("#issued li").filter(has_text=paper)
        row.locator("a.btn").first.click()
        desk.page.wait_for_load_state()
        fields = desk.form().locator("input[type=hidden]").evaluate_all("boxes => Object.fromEntries(boxes.map(box => [box.name, box.value]))")
        answer = desk.page.request.post(desk.page.url, form=fields, headers={"Referer": desk.page.url})
        assert answer.status == 200, f"{answer.status} {paper}"
        desk.go(page or self.case)
        for size, words in (("A5", "打印 A5"), ("80mm", "打印小票")):
            body = desk.download_in(row, words)
            assert pages_of_pdf(body) == 1
            (self.papers / f"{paper}-{size}.pdf").write_bytes(body)


def catalogue(people: Mapping[str, Seated]) -> None:
    """The office has put the catalogue into force before."""
    with inside(YOUYANG):
        data = {"several": json.dumps(shipped_texts(), ensure_ascii=False), "publish": "on", "note": "首批"}
        act(people["office"].actor, "catalogue.import_items", data, new_key())


@pytest.fixture
def story(django_db_setup: None, django_db_blocker, tmp_path) -> Iterator[Story]:
    with django_db_blocker.unblock(), on_stage("service", YOUYANG, CAST, tmp_path, catalogue) as office:
        yield Story(office, tmp_path)


def ask(story: Story) -> None:
    """A daughter looks from a phone for what there is, in her own words, without signing in."""
    desk = story.office.walk_in("resident", phone=True).go(f"/public/{YOUYANG}/guide/?q=大病花钱多").sees("临时救助")
    desk.follow("临时救助（支出型）").sees("要带什么", "居民户口簿", "15 个工作日", "不收费")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390


def file_at_home(story: Story) -> None:
    """The clerk sits at the kitchen table, takes the case in and has the mandate signed on the screen."""
    desk = story.desk("clerk", phone=True).go(f"/cases/new/{ITEM}/")
    person = {"name": NAME, "id_number": NUMBER, "phone": "13912345678", "region": VILLAGE, "channel": "home"}
    desk.fill({**person, **READY, "verdict": "hold"}).send().sees("临时救助（支出型）", "一次告知期限")
    story.case = desk.page.url
    story.number = desk.page.locator(".head .num").first.inner_text()
    desk.press("签代办委托书").sign().send().sees("委托书已登记", "您正在为这位委托人办事", NAME, "委托人签名")
    story.give(desk, "代办委托书", desk.page.url)
    desk.go(story.case).do("转办", {"role": "window", "reason": "请镇上窗口看材料是否齐全"})


def tell_once(story: Story) -> None:
    """Two papers are missing; the window says both at once, and nothing runs meanwhile."""
    story.on_day(1)
    desk = story.desk("window").sees(NAME).go(story.case).press("一次告知补正")
    desk.fill({"m_expense_proof": "missing", "m_funds_commitment": "missing", "told_how": "phone"}).send()
    desk.sees("待补正", "计时暂停")
    story.give(desk, "一次性补正告知书")
    auditor = story.desk("auditor").go("/trail/?action=cases.tell_missing").sees("一次告知补正", "综合窗口石玲")
    assert auditor.go(story.case).status in (403, 404)  # who watches the books does not read applications


def bring_the_rest(story: Story) -> None:
    """The resident reads on the phone what is missing; the clerk photographs it, and the clock starts."""
    story.on_day(3)
    seen = story.office.walk_in("resident", phone=True).go(f"/public/{YOUYANG}/progress/")
    seen.fill({"number": story.number, "last_four": LAST_FOUR}).send().sees("还要交的材料", "医疗、教育等支出票据")
    story.receipt = seen.page.url
    assert "receipt=" in story.receipt and NUMBER not in seen.text
    desk = story.desk("clerk", phone=True).go(story.case).press("登记补正").open_details()
    desk.fill({"m_funds_commitment": "received", "photo_expense_proof": photo("result"), "accept": True}).send().sees("由乡镇经办办理", "本环节")
    story.give(desk, "受理通知书")


def look_on_the_spot(story: Story) -> None:
    """Two officers of the township stand in the house with a phone."""
    story.on_day(4)
    desk = story.desk("township", phone=True).go(story.case).press("登记现场核查")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    found = {"people": "冉建国", "passed": "yes", "findings": "票据与住院记录一致，家中两人患病。"}
    desk.fill(found).send().refused("不少于两人")
    desk.fill({"people": "冉建国、石玲", "photo": photo("inspection")}).send().sees("票据与住院记录一致", "审核中")
    desk.do("审核通过", {"opinion": "情况属实，建议救助。"})


def decide(story: Story) -> None:
    """The county grants; the township can no longer move what is not on its desk."""
    story.on_day(6)
    assert story.desk("township").go(story.case).button("作出决定").first.get_attribute("aria-disabled") == "true"
    desk = story.desk("county").sees(NAME).go(story.case).sees("情况属实，建议救助。")
    desk.do("作出决定", {"outcome": "granted", "result": "给予临时救助 3000 元，打入本人银行卡。"}).sees("准予", "3000 元")
    story.give(desk, "办理结果通知单")


def deliver(story: Story) -> None:
    """The result comes to the door, and its owner signs with a finger."""
    story.on_day(7)
    desk = story.desk("clerk", phone=True).go(story.case).press("送达签收")
    desk.fill({"way": "home", "to": "self"}).sign().send().sees("结果已送达")
    story.give(desk, "送达回执")


def rate_badly(story: Story) -> None:
    """From the address that the receipt carries; once only."""
    story.on_day(8)
    desk = story.office.walk_in("resident", phone=True).go(story.receipt).sees(story.number).follow("评价")
    desk.fill({"grade": "1", "tags": ["again_and_again"], "words": "来回跑了两趟医院"}).send().sees("谢谢")
    desk.go(story.receipt)
    assert desk.page.locator("main a").filter(has_text="评价").count() == 0


def call_and_mend(story: Story) -> None:
    """The office calls, the county mends without learning who it was, the office calls again, and it is closed."""
    desk = story.desk("office").go("/cases/ratings/").follow("临时救助").sees("来回跑了两趟医院", NAME)
    story.rating = desk.page.url
    desk.do("登记核实结果", {"reached": "yes", "finding": "mend", "note": "票据要求没有提前说清"}).sees("整改")
    story.on_day(10)
    county = story.desk("county").go(story.rating).sees("来回跑了两趟医院")
    assert NAME not in county.text
    county.do("登记整改", {"mending": "办事指南里写明票据要盖章，并向本人说明。"})
    story.on_day(11)
    desk = story.desk("office").go(story.rating).do("登记回访", {"satisfied": "yes", "note": "本人表示满意"})
    desk.sees("本人表示满意", "办事指南里写明票据要盖章", "已整改")


CHAPTERS = [ask, file_at_home, tell_once, bring_the_rest, look_on_the_spot, decide, deliver, rate_badly, call_and_mend]


@pytest.mark.req("S1", "S3", "S4", "S6")
def test_a_case_goes_from_the_question_to_the_mended_complaint_in_the_browser(story: Story) -> None:
    for chapter in CHAPTERS:
        chapter(story)
    assert story.office.faults == []
