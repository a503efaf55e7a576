"""Plan 1 on 酉阳, told through the pages by nine posts: from the plan file to the paid subsidy and the bulletin.

One test, since a story has an order; each chapter is one function and asserts what the next post sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from browser.cast import Part
from browser.desk import Desk, Office
from browser.ground import ROOT, YOUYANG
from browser.papers import pages_of_pdf, paper, photo, words_of_docx
from browser.stage import on_stage

pytestmark = pytest.mark.browser
PLAN = ROOT / "plans" / "youyang-rural-ecommerce.yaml"
TOWNSHIP, VILLAGE, NEXT_VILLAGE, LAST_VILLAGE, LATE = (
    500242222000,
    500242222200,
    500242222201,
    500242222202,
    500242002000,
)
STATION, NEXT_STATION, LAST_STATION = "浪水坝村电商服务站", "官楠村电商服务站", "评议村电商服务站"
ISSUED = date.today() - timedelta(days=12)  # ten days after its issue the plan wants every place proposed and filed
CAST = [
    Part("office", "村站建设部冉工", "lead_office", YOUYANG), Part("finance", "财政局田科", "finance", YOUYANG),
    Part("leader", "分管副县长", "leader", YOUYANG), Part("supervisor", "督查室石主任", "supervisor", YOUYANG),
    Part("auditor", "审计员白工", "auditor", YOUYANG), Part("township", "浪坪商务经办", "township", TOWNSHIP),
    Part("late", "钟多商务经办", "township", LATE), Part("partner", "浪坪合伙人", "partner", TOWNSHIP),
    Part("helper", "浪水坝淘帮手", "operator", VILLAGE),
]  # fmt: skip


@dataclass
class Story:
    """What the chapters hand on: addresses that somebody saw."""

    office: Office
    plan: str = ""
    station: str = ""
    invoice: str = "26502000000012345678"

    def desk(self, key: str, **how: bool) -> Desk:
        return self.office.open(key, **how)


@pytest.fixture
def story(django_db_setup: None, django_db_blocker, tmp_path) -> Iterator[Story]:
    with django_db_blocker.unblock(), on_stage("youyang", YOUYANG, CAST, tmp_path) as office:
        yield Story(office)


def apply_plan(story: Story) -> None:
    """The lead office uploads the plan with another day of issue: goals, projects, money and late list stand at once."""
    desk = story.desk("office").go("/buildout/plans/").sees("还没有执行方案")
    desk.do("执行方案", {"file": PLAN, "issued_on": ISSUED.isoformat()})
    desk.sees("全部日期顺延").follow("酉阳县农村电子商务综合服务平台").sees("全部日期顺延了", "建成村级电商服务点", "浪坪乡")
    story.plan = desk.page.url


def propose_outside(story: Story) -> None:
    """Outside a public-service centre the costs are the operator's own: refused until somebody has acknowledged it."""
    desk = story.desk("township").sees("已超期 2 天", "浪坪乡：提出")
    desk.follow("浪坪乡：提出").sees("个行政村，应建")
    desk.press("提出村级站点").sees("宽带费用（每月 68 元）等一切费用由站点人员自行承担")
    station = {
        "village": VILLAGE,
        "place_kind": "culture_square",
        "address": "浪水坝村文化广场 3 号",
        "evidence_address": paper("村站点建设地址"),
    }
    desk.fill({**station, "criteria": ["gathering", "transport"]}).send().refused("须先告知站点人员自付房租和宽带费")
    desk.fill({"acknowledged_by": "冉秀英", "evidence_address": paper("村站点建设地址")}).send().sees("已提出").follow(STATION)
    story.station = desk.page.url
    desk.sees("冉秀英", "浪水坝村文化广场 3 号")
    desk.do("备案", {"evidence_site_list": paper("村站点地址名单")}).sees("已备案")


def without_scripts(story: Story) -> None:
    """Sign-in, proposing and filing once more with JavaScript switched off; the township has then proposed all it owes."""
    desk = story.desk("township", scripts=False).follow("浪坪乡：提出")
    quota = desk.page.url
    for village, station in ((NEXT_VILLAGE, NEXT_STATION), (LAST_VILLAGE, LAST_STATION)):
        place = {
            "village": village,
            "place_kind": "public_service_centre",
            "address": "村级公共服务中心一楼",
            "criteria": ["rent_free"],
        }
        desk.go(quota).do("提出村级站点", {**place, "evidence_address": paper("村站点建设地址")}).follow(station)
        desk.do("备案", {"evidence_site_list": paper("村站点地址名单")}).sees("已备案")
    desk.go(quota).sees("3 / 3")
    assert not desk.faults


def choose_helper(story: Story) -> None:
    """The partner nominates three, the township examines them, one is refused with the reason, one is chosen."""
    partner = story.desk("partner").go("/staffing/nominations/").sees(STATION, "推荐人数不够")
    partner.follow(STATION)
    people = {"田小燕": "13900001001", "石光明": "13900001002", "白建国": "13900001003"}
    for name, phone in people.items():
        partner.do(
            "推荐人选",
            {
                "name": name,
                "phone": phone,
                "background": "返乡创业青年",
                "opinion": "会用电脑，愿意干",
                "roles": ["helper"],
            },
        )
    assert partner.sees("已推荐 3 人").page.locator("main").inner_text().count("13900001001") == 0
    desk = story.desk("township").sees(f"{STATION}：考察田小燕").follow(f"{STATION}：考察田小燕")
    for name in people:
        examine(desk, name)
    act_on(desk, "石光明", "不予采用", {"reason": "常年在外，不能守站"})
    act_on(desk, "田小燕", "确定人选", {"reason": "综合考察第一"})
    desk.sees("常年在外，不能守站", "已确定人选", "还没有培训合格证")


def row_of(desk: Desk, name: str):
    return desk.page.locator("li[id^=nomination-]").filter(has_text=name)


def act_on(desk: Desk, name: str, label: str, data: dict[str, object]) -> None:
    row_of(desk, name).locator("a.btn").filter(has_text=label).first.click()
    desk.page.wait_for_load_state()
    desk.fill(data).send()
    assert desk.status < 400, desk.text


def examine(desk: Desk, name: str) -> None:
    poor = name == "石光明"
    marks = {f"mark_{key}": "fair" if poor else "good" for key in ("willingness", "fit", "accepts_management")}
    act_on(desk, name, "登记考察", {**marks, "opinion": "已入户考察"})


def build(story: Story) -> None:
    story.desk("township").go(story.station).do("开工", {"remark": "承建主体已明确"}).sees("施工中")


def fit_out(story: Story) -> None:
    """Fitted only with the evidence that the plan wants; the helper reads along."""
    desk = story.desk("township").go(story.station)
    desk.press("报告建成").fill({"remark": "设备配齐"}).send().refused("这个字段")
    desk.fill({"evidence_purchase_invoices": paper("采购发票"), "evidence_result_photos": photo("result")}).send()
    desk.sees("采购发票.docx", "result.jpg")
    assert "电商" in story.desk("helper").go(story.station).text


def train_and_open(story: Story) -> None:
    """No confirmation of training without a certificate; then the helper opens the station."""
    desk = story.desk("office").go(story.station)
    assert desk.button("确认培训").first.get_attribute("aria-disabled") == "true"
    desk.press("登记培训合格").fill({"kind": "淘帮手培训", "issued_on": date.today(), "score": 92}).send()
    desk.go(story.station).do("确认培训", {"evidence_sign_in": paper("培训签到和手续")})
    helper = story.desk("helper").sees(STATION)
    helper.follow(STATION).do(
        "登记开业",
        {
            "opened_on": date.today().isoformat(),
            "opening_hours": "8:30—17:30",
            "parcel_delivery": True,
            "evidence_opening_photo": photo("opening"),
        },
    )
    helper.sees("8:30—17:30").follow("站点页").sees(STATION)


def inspect(story: Story, scores: dict[str, str], remark: str) -> Desk:
    """The inspector's page on a phone, in the village."""
    desk = story.desk("office", phone=True).go(story.station).press("现场验收")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    given = {f"score_{key}": score for key, score in scores.items()}
    photos = {f"photo_{key}": photo("inspection") for key in ("as_filed", "services", "sign")}
    desk.fill({**given, **photos, "opinion": remark, "signed_by": "田小燕"})
    if scores["sign"] == "0":
        desk.send().refused("得 0 分的，请写明原因。")
        desk.fill({**photos, "remark_sign": "没有挂服务站标识"})
    return desk.send()


def accept(story: Story) -> None:
    """Applied for with the dossier, inspected on a phone, and the mark is not reached."""
    desk = story.desk("township").go(story.station)
    desk.do("申请验收", {"evidence_construction_plan": paper("建设方案"), "remark": "资料备齐"}).sees("第 1 次验收")
    inspect(
        story,
        {"dossier_complete": "25", "as_filed": "15", "one_person": "20", "services": "10", "sign": "0"},
        "标识未挂",
    ).sees("整改")


def mend(story: Story) -> None:
    """The township reads what is missing, mends it with a photo, and the second inspection passes."""
    desk = story.desk("township").sees("按要求整改").go(story.station).sees("限期整改", "70.0 分")
    desk.open_details().sees("没有挂服务站标识")
    desk.do("上报整改完成", {"note": "已挂标识，服务项目已公示", "photo_1": photo("result")})
    done = inspect(
        story,
        {"dossier_complete": "25", "as_filed": "20", "one_person": "20", "services": "25", "sign": "8"},
        "整改到位",
    )
    done.go(story.station).sees("第 2 次验收", "98", "已挂标识，服务项目已公示")


def read_records(story: Story) -> None:
    desk = story.desk("township").go(story.station)
    record = words_of_docx(desk.download("第 1 次验收记录（Word）"))
    assert STATION in record and "没有挂服务站标识" in record and "70" in record
    assert "98" in words_of_docx(desk.download("第 2 次验收记录（Word）"))
    assert pages_of_pdf(desk.download("第 2 次验收记录（PDF）")) >= 1


def invoices(story: Story) -> None:
    """An invoice belongs to one site: the same number at the next station is refused, and where it was used is said."""
    invoice = {
        "number": story.invoice,
        "seller": "重庆办公设备有限公司",
        "item": "办公设备",
        "amount": "6800",
        "issued_on": date.today().isoformat(),
        "scan": photo("result"),
    }
    desk = story.desk("township").go(story.station).do("登记发票", invoice)
    desk.sees(story.invoice, "6,800.00")
    desk.go(story.plan).follow("站点任务").follow(NEXT_STATION).press("登记发票").fill(invoice).send()
    desk.refused("一张发票只能用一次", STATION)


def pay(story: Story) -> None:
    """Never over the budget, never twice."""
    desk = story.desk("finance").go(f"{story.plan}money/")
    press_budget(desk, "村级服务站点补贴")
    order = {"township": TOWNSHIP, "document_number": "酉财〔2026〕18号"}
    desk.fill({**order, "amount": "99999999"}).send().refused("预算")
    desk.fill({"amount": "6000"}).send()
    desk.go(story.station).press("拨付补助").fill({"voucher": "2026-1101"})
    if desk.form().locator("[name=payee]").count():
        desk.fill({"payee": "浪坪乡人民政府"})
    desk.send().sees("6,000.00", "2026-1101")
    assert not desk.button("拨付补助").count() or desk.button("拨付补助").first.get_attribute("aria-disabled") == "true"
    desk.go(desk.url + "/act/buildout.disburse/" + story.station.rstrip("/").rsplit("/", 1)[1]).sees("现在不能办理")
    desk.go(f"{story.plan}money/").sees("逐笔相加与汇总一致", "6,000.00")


def press_budget(desk: Desk, label: str) -> None:
    desk.page.locator("main p.acts > span").filter(has_text=label).locator("a.btn").first.click()
    desk.page.wait_for_load_state()


def name_the_late(story: Story) -> None:
    """The bulletin names the township that proposed nothing, as page, docx and PDF."""
    desk = story.desk("office").go(f"{story.plan}bulletins/")
    desk.do(
        "印发通报",
        {"bulletin": "stations_stage", "on": date.today().isoformat(), "document_number": "酉电商发〔2026〕5号"},
    )
    desk.follow("第 1 期").sees("酉电商发〔2026〕5号", "先进", "浪坪乡")
    late = desk.page.locator("#late").inner_text()
    assert "钟多街道" in late and "浪坪乡" not in late
    words = words_of_docx(desk.download("Word"))
    assert "酉电商发〔2026〕5号" in words and "钟多街道" in words
    assert pages_of_pdf(desk.download("PDF")) >= 1


def urge(story: Story) -> None:
    """The supervisor urges; the township reads it on its workbench."""
    desk = story.desk("supervisor").go("/?tab=team").sees("钟多街道")
    row = desk.page.locator("tr, li").filter(has_text="钟多街道：提出").filter(has=desk.page.locator("a[href*='flows.urge']")).first
    row.locator("a[href*='flows.urge']").first.click()
    desk.page.wait_for_load_state()
    desk.fill({"note": "三天内提出全部站址"}).send()
    assert desk.status < 400, desk.text
    story.desk("late").sees("催办", "钟多街道：提出", "已超期 2 天").go("/messages/").sees("三天内提出全部站址")


def search_trail(story: Story) -> None:
    desk = story.desk("auditor").go("/trail/?action=buildout.disburse")
    desk.sees("拨付补助", "财政局田科", "浪水坝村")
    desk.go("/trail/?person=浪坪商务").sees("提出村级站点", "申请验收", "登记发票")


def look_over(story: Story) -> None:
    """The leader sees the county; another township's clerk does not see this station's page."""
    story.desk("leader").go(story.plan).sees("已建成", "浪坪乡").go(story.station).sees("已补助")
    assert story.desk("late").go(story.station).status == 404


CHAPTERS = [
    apply_plan, propose_outside, without_scripts, choose_helper, build, fit_out, train_and_open, accept, mend, read_records, invoices, pay, name_the_late, urge,
    search_trail, look_over,
]  # fmt: skip


@pytest.mark.req("N2", "N3", "N5", "N6", "N7", "N9")
def test_a_station_goes_from_the_plan_to_the_paid_subsidy_in_the_browser(story: Story) -> None:
    for chapter in CHAPTERS:
        chapter(story)
    assert story.office.faults == []
