"""Plan 5 on 土陂乡, told through the pages by six posts: 李楼 is the pilot and is rewarded, 西周 is late and named.

The server's clock is turned from chapter to chapter: in time for the pilot, past the last day for 西周; the story ends today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from browser.cast import Part
from browser.desk import Desk, Office
from browser.ground import ROOT, TUPO
from browser.papers import pages_of_pdf, paper, photo, words_of_docx
from browser.stage import on_stage

pytestmark = pytest.mark.browser
CODE = TUPO
PLAN = ROOT / "plans" / "tupo-village-centres.yaml"
PILOT, LATE = 341221203208, 341221203203
ISSUED = date.today() - timedelta(days=216)  # the pilot's last day is 122 days after the plan's issue, the second batch's 214
ROOMS = ["meeting_room", "service_hall", "family_planning_room", "social_management_room", "library", "culture_room"]
SMALL = {"clinic": 3, "talk_room": 3, "archive": 4, "association_room": 4}
FITTINGS = ["centre_sign", "organisation_plates", "national_flag", "disclosure_board", "activity_ground"]
WEIGHTS = {
    "meeting_room": 10,
    "service_hall": 14,
    **dict.fromkeys(ROOMS[2:], 8),
    **SMALL,
    **dict.fromkeys([*FITTINGS, "serving_team"], 5),
}
CAST = [
    Part("office", "党建办韩主任", "lead_office", TUPO), Part("leader", "乡党委韩书记", "leader", TUPO), Part("finance", "财政所姜所长", "finance", TUPO),
    Part("supervisor", "纪委刘书记", "supervisor", TUPO), Part("secretary", "李楼村支书", "village", PILOT), Part("cadre", "李楼村两委", "operator", PILOT),
    Part("other", "西周村支书", "village", LATE),
]  # fmt: skip


@dataclass
class Story:
    office: Office
    plan: str = ""
    centre: str = ""

    def desk(self, key: str, **how: bool) -> Desk:
        return self.office.open(key, **how)

    def day(self, number: int) -> date:
        """Turns the clock to so many days after the plan's issue; the day."""
        on = ISSUED + timedelta(days=number)
        self.office.turn_clock(on)
        return on


@pytest.fixture
def story(django_db_setup: None, django_db_blocker, tmp_path) -> Iterator[Story]:
    with django_db_blocker.unblock(), on_stage("tupo", TUPO, CAST, tmp_path) as office:
        yield Story(office)


def apply_plan(story: Story) -> None:
    story.day(1)
    desk = story.desk("office").go("/buildout/plans/").sees("还没有执行方案")
    desk.do("执行方案", {"file": PLAN, "issued_on": ISSUED.isoformat()})
    desk.follow("土陂乡农村党员群众服务中心建设实施方案").sees("李楼", "西周", "示范点")
    story.plan = desk.page.url


def propose(story: Story) -> None:
    """The village secretary finds the duty on the workbench; the office files it, without scripts."""
    story.day(18)
    desk = story.desk("secretary").sees("李楼村党员群众服务中心").follow("李楼村党员群众服务中心")
    story.centre = desk.page.url
    desk.do(
        "提出站址",
        {
            "place_kind": "activity_place",
            "address": "李楼村部",
            "area": "260",
            "evidence_construction_plan": paper("建设方案"),
        },
    )
    desk.sees("已提出", "李楼村部")
    office = story.desk("office", scripts=False).sees("李楼村党员群众服务中心").go(story.centre)
    office.do("备案", {"remark": "符合标准"}).sees("已备案")
    assert story.desk("other").go(story.centre).status == 404


def build(story: Story) -> None:
    story.day(40)
    desk = story.desk("secretary").go(story.centre).do("开工", {"evidence_before_photos": photo("before")}).sees("施工中")
    story.day(95)
    desk = story.desk("secretary", phone=True).go(story.centre)
    desk.do("报告建成", {"evidence_purchase_invoices": paper("采购发票"), "evidence_result_photos": photo("result")}).sees("已建成")


def open_centre(story: Story) -> None:
    """Handed over to those who serve there: the secretary may not do it, the cadre finds it on the workbench."""
    on = story.day(110)
    assert story.desk("secretary").go(story.centre).button("登记开业").first.get_attribute("aria-disabled") == "true"
    desk = story.desk("cadre").sees("李楼村党员群众服务中心").go(story.centre)
    desk.do(
        "登记开业",
        {
            "opened_on": on.isoformat(),
            "opening_hours": "8:00—12:00，14:30—17:30",
            "evidence_opening_photo": photo("opening"),
        },
    )
    desk.sees("已开业").follow("站点页").sees("李楼村党员群众服务中心")


def accept(story: Story) -> None:
    """Four days before its last day the pilot is inspected on a phone: sixteen things, one photo for each that wants one."""
    story.day(118)
    story.desk("secretary").go(story.centre).do("申请验收", {"remark": "六室和六个一已配齐"}).sees("验收中")
    desk = story.desk("office", phone=True).go(story.centre).press("现场验收").sees("16")
    given = {f"score_{key}": weight - (key in SMALL) for key, weight in WEIGHTS.items()}
    desk.fill(
        {
            **given,
            **{f"photo_{key}": photo("inspection") for key in [*ROOMS, *FITTINGS]},
            "opinion": "建设规范",
            "signed_by": "李楼村支书",
        }
    )
    desk.send().sees("已验收", "96.0 分")
    record = words_of_docx(story.desk("secretary").go(story.centre).download("第 1 次验收记录（Word）"))
    assert "李楼村党员群众服务中心" in record and "96" in record


def reward(story: Story) -> None:
    """The list of those built in time has one name; the office decides the sum that the plan leaves open, finance pays it once."""
    story.day(123)
    desk = story.desk("office").go(f"{story.plan}consequences/?kind=reward")
    desk.press("按期限列出奖惩").send()
    desk.go(f"{story.plan}consequences/?kind=reward").sees("李楼村", "以奖代补")
    assert "西周" not in desk.text
    desk.do("决定奖惩", {"decision": "execute", "amount": "20000"}).sees("20,000.00")
    finance = story.desk("finance").go(f"{story.plan}consequences/?kind=reward").sees("李楼村村民委员会")
    finance.go(f"{story.plan}money/?show=rewards").press("登记奖补付款").fill({"voucher": "2026-0701"}).send().sees("2026-0701")
    assert not finance.go(f"{story.plan}money/?show=rewards").button("登记奖补付款").count()
    finance.go(story.centre).sees("20,000.00")


def urge(story: Story) -> None:
    """西周 has only proposed: the next desk holds it up, the supervisor sees that and urges."""
    story.day(124)
    desk = story.desk("other").follow("西周村党员群众服务中心")
    desk.do(
        "提出站址",
        {"place_kind": "activity_place", "address": "西周村部", "evidence_construction_plan": paper("建设方案")},
    )
    story.day(216)
    desk = story.desk("supervisor").go("/?tab=team").sees("西周村党员群众服务中心：报领导小组办公室备案")
    urge_row = desk.page.locator("tr, li").filter(has_text="西周村党员群众服务中心").filter(has=desk.page.locator("a[href*='flows.urge']")).first
    urge_row.locator("a[href*='flows.urge']").first.click()
    desk.page.wait_for_load_state()
    desk.fill({"note": "立即办理，三天内报结果"}).send()
    story.desk("office").sees("催办").go("/messages/").sees("立即办理，三天内报结果")


def name_the_late(story: Story) -> None:
    """The bulletin before the national day names 西周, not 李楼; the plan's accountability names its secretary."""
    on = story.day(216)
    desk = story.desk("office").go(f"{story.plan}bulletins/")
    desk.do("印发通报", {"bulletin": "second_stage", "on": on.isoformat(), "document_number": "土发〔2026〕12号"}).follow("第 1 期")
    desk.sees("土发〔2026〕12号", "数据截至")
    late = desk.page.locator("#late").inner_text()
    assert "西周村" in late and "李楼村" not in late
    words = words_of_docx(desk.download("Word"))
    assert "土发〔2026〕12号" in words and "西周村" in words
    assert pages_of_pdf(desk.download("PDF")) >= 1


def hold_to_account(story: Story) -> None:
    desk = story.desk("office").go(f"{story.plan}consequences/?kind=accountability")
    desk.press("按期限列出奖惩").send()
    desk.go(f"{story.plan}consequences/?kind=accountability").sees("西周村支部书记", "2 天")
    assert "李楼村支部书记" not in desk.text
    row = desk.page.locator("tr").filter(has_text="西周村支部书记")
    row.locator("a.btn").filter(has_text="决定奖惩").click()
    desk.page.wait_for_load_state()
    desk.fill({"decision": "execute", "measures": ["在年度党建工作考核中直接扣分"], "points": "2"}).send().sees("已决定")
    assert "西周村支部书记" in words_of_docx(desk.download("奖惩通报（Word）"))
    assert pages_of_pdf(desk.download("PDF")) >= 1


def look_over(story: Story) -> None:
    """The leader sees the whole township; the late secretary sees the decision at the own centre, and no other village."""
    story.desk("leader").go(story.plan).sees("李楼", "西周", "已建成")
    other = story.desk("other").go(f"{story.plan}consequences/?kind=accountability").sees("西周村支部书记")
    assert "东周村支部书记" not in other.text


CHAPTERS = [apply_plan, propose, build, open_centre, accept, reward, urge, name_the_late, hold_to_account, look_over]


@pytest.mark.req("N2", "N4", "N7", "N8", "N9")
def test_the_pilot_is_rewarded_and_the_late_village_named_in_the_browser(story: Story) -> None:
    for chapter in CHAPTERS:
        chapter(story)
    assert story.office.faults == []
