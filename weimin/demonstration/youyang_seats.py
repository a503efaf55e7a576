# text: data
"""Who sits where in the story of plan 1."""

from __future__ import annotations

from typing import Any

from weimin.demonstration.stage import Stage, Who
from weimin.demonstration.town import Town
from weimin.regions.queries import Geography
from weimin.regions.rules import township_of

CODE = 500242000000
SERVED_TOWNSHIPS, PER_VILLAGE = 3, 100
CENTRE = {
    "name": "桃花源街道便民服务中心", "address": "桃花源街道办事处一楼", "area": "620", "opening_hours": "周一至周五 8:30—17:30", "phone": "000-00000000",
}  # fmt: skip


def seats(stage: Stage, townships: list[Any]) -> None:
    """Posts of the county and of every township; the first ones get a card on the sign-in page."""
    county = "酉阳县"
    stage.office = f"{county}电商办"
    stage.enter("lead_office", CODE, "村站建设部", f"{county}电商办", says="执行方案、备案、验收、通报")
    stage.enter("finance", CODE, "经济建设股", f"{county}财政局", says="下达和拨付建站资金")
    stage.enter("leader", CODE, "副县长", f"{county}人民政府", says="看全县进度，决定奖惩")
    stage.enter("supervisor", CODE, "督查室", f"{county}委县政府督查室", says="督办逾期任务，查留痕")
    stage.enter("administrator", CODE, "系统管理员", f"{county}电商办", says="人员、岗位、区划")
    stage.enter("auditor", CODE, "审计管理员", f"{county}大数据中心", says="查谁在何时办了什么")
    for place, region in enumerate(townships):
        name, first = region.short, place == 0
        organ = f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        stage.enter("township", region.code, "商务经办", organ, says="选址、建设、考察淘帮手" if first else "")
        stage.enter("partner", region.code, "村淘合伙人", name, says="推荐淘帮手" if first else "")


def village_seats(stage: Stage, places: Geography, townships: list[Any]) -> None:
    """The helpers of the first townships' villages, who report the opening of their stations."""
    early, shown = {region.code for region in townships[:6]}, 0
    for village, name in places.villages.items():
        if township_of(village) in early:
            shown += 1
            stage.enter("operator", village, "淘帮手", f"{name}电商服务站", says="登记开业、看自己站点的进度" if shown == 4 else "", place=name)


def service_seats(stage: Stage, townships: list[Any], places: Geography) -> Town:
    """The posts of the service network: the county's service office and its approving office, a township's window, a village clerk."""
    first = townships[0]
    served = {region.code for region in townships[:SERVED_TOWNSHIPS]}
    villages = [code for code in places.villages if township_of(code) in served]
    village = next(code for code in villages if code % 1000 >= 200)  # the first that is no community of the town
    office: Who = ("lead_office", CODE, "service")
    civil: Who = ("township", first.code, "civil")
    stage.enter("lead_office", CODE, "政务服务办", "酉阳县政务服务办", says="事项目录、评价回访、服务监督", desk="service")
    stage.enter("county_office", CODE, "社会救助科", "酉阳县民政局", says="县级审批")
    stage.enter("township", first.code, "民政办", f"{first.short}办事处", says="审核、入户核查、告知补正", desk="civil")
    stage.enter("window", first.code, "综合窗口", f"{first.short}便民服务中心", says="收件、告知、送达、叫号")
    stage.enter("village", village, "村干部代办员", f"{places.villages[village]}村民委员会", says="上门收件、代办、走访", place=places.villages[village])
    return Town(office, civil, ("window", first.code), ("village", village), ("county_office", CODE), villages, PER_VILLAGE)
