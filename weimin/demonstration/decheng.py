# text: data
"""Plan 3 on 德城区: its institutions, who works in them and the residents of two streets.

People and registered addresses are invented. The three institutions that the source names stand with the stars it gives them; the others are
one for each street and town, as the plan file assumes.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from weimin.demonstration.decheng_education import teach
from weimin.demonstration.decheng_epidemics import prevent
from weimin.demonstration.decheng_examinations import examine
from weimin.demonstration.decheng_exchange import exchange
from weimin.demonstration.decheng_institutions import conclude as conclude_institutions
from weimin.demonstration.decheng_institutions import tell_institutions
from weimin.demonstration.decheng_referrals import refer
from weimin.demonstration.following import follow
from weimin.demonstration.stage import Stage
from weimin.regions.queries import geography, inside
from weimin.regions.rules import Level, township_of
from weimin.trail.record import record
from weimin.walls.later import Later
from weimin.walls.session import entered

CODE = 371402000000
PLAN = Path(settings.BASE_DIR) / "plans" / "decheng-community-health.yaml"
ISSUED_DAYS_AGO = 300
SETTLED = (371402001000, 371402003000)  # 新湖 and 天衢, whose centres the source praises
VILLAGES_EACH, PEOPLE_EACH, SEED = 4, 60, 3
YONGQING = "永庆社区卫生服务站"
OFFICE = ("lead_office", CODE)
inventing = Later("weimin.residents.inventing.settling")


def seats(stage: Stage, townships: list[Any]) -> None:
    district = "德城区"
    stage.office = f"{district}卫生局"
    stage.enter("health_bureau", CODE, "社区卫生股", stage.office, says="看各机构和重点人群的指标，督导不平衡")
    stage.enter("lead_office", CODE, "办公室", stage.office, says="执行方案、登记机构")
    stage.enter("hospital", CODE, "社区联络科", f"{district}人民医院", says="对口支援，接收上转病人")
    stage.enter("leader", CODE, "副区长", f"{district}人民政府", says="看全区目标进度")
    stage.enter("administrator", CODE, "系统管理员", f"{district}卫生局", says="人员、岗位、区划")
    stage.enter("auditor", CODE, "审计管理员", f"{district}大数据中心")
    for place, region in enumerate(townships):
        centre = centre_of(region)
        stage.enter("institution", region.code, "公共卫生科", centre, says="管理本机构的档案、随访和体检" if place == 0 else "")
        stage.enter("township", region.code, "卫生专干", f"{region.short}办事处" if region.name.endswith("街道") else f"{region.short}人民政府")


def centre_of(region: Any) -> str:
    return f"{region.name.removesuffix('街道').removesuffix('镇')}社区卫生服务中心"


def doctors(stage: Stage, villages: list[int], names: dict[int, str]) -> None:
    """One doctor for each community that has residents."""
    for place, village in enumerate(villages):
        stage.enter("doctor", village, "社区医生", f"{names[village]}卫生服务团队", says="建档、随访、体检" if place == 0 else "", place=names[village])


def institutions(stage: Stage, townships: list[Any], villages: list[int]) -> None:
    """The district's institutions, entered as what is open already."""
    for region in townships:
        enter_site(stage, region.code, centre_of(region), 1400 if region.code == SETTLED[0] else 1050)
    enter_site(stage, villages[0], YONGQING, 180)


def enter_site(stage: Stage, place: int, name: str, area: int) -> None:
    data = {
        "tier": "institution", "place": str(place), "name": name, "place_kind": "other", "area": str(area), "rent_free": "on", "opening_hours": "8:00—18:00",
        "opened_on": (stage.today - timedelta(days=900)).isoformat(), "purposes": "基本公共卫生、基本医疗",
    }  # fmt: skip
    stage.act(OFFICE, "sites.enter", data, 280)


def settle(stage: Stage, villages: list[int]) -> None:
    """Invented residents, marked as demonstration data; the trail says how many."""
    with entered(stage.whole):
        count = inventing.invent(villages, PEOPLE_EACH, SEED, stage.today)
        after = {"count": count, "seed": SEED}
        record(stage.whole, "residents.invent", subject_type="residents.resident", subject_id=None, region=CODE, now=stage.moment(250), after=after)


def tell(stage: Stage) -> None:
    """The whole story of plan 3 the plan, the institutions, the people, what their doctors do."""
    townships = inside(CODE, Level.TOWNSHIP)
    places = geography(CODE, stage.today)
    names = places.communities | places.villages
    villages = [code for street in SETTLED for code in sorted(code for code in names if township_of(code) == street)[:VILLAGES_EACH]]
    seats(stage, townships)
    doctors(stage, villages, names)
    issued = stage.today - timedelta(days=ISSUED_DAYS_AGO)
    stage.act(OFFICE, "buildout.apply_plan", {"text": PLAN.read_text(), "issued_on": str(issued)}, ISSUED_DAYS_AGO - 1)
    institutions(stage, townships, villages)
    settle(stage, villages)
    follow(stage, [villages[0], villages[VILLAGES_EACH]])
    tell_institutions(stage, villages)
    teach(stage, SETTLED[0], villages[0])
    refer(stage, [villages[0], villages[VILLAGES_EACH]])
    prevent(stage, villages[0])
    examine(stage, villages[0])
    exchange(stage, villages[0])
    stand_outside(stage, villages[1], names[villages[1]])


def stand_outside(stage: Stage, village: int, name: str) -> None:
    """Who works with the same residents and sees nothing of their health: the wall of purposes can be looked at from outside."""
    stage.enter("village", village, "社区党委书记", f"{name}党委", says="看居民和办件，看不到健康档案", place=name)
    centre = "新湖街道便民服务中心"
    stage.enter("window", SETTLED[0], "综合窗口", centre, says="受理办件，看不到健康档案")


def conclude(stage: Stage) -> None:
    """What the story does with its own figures, once they are stored."""
    conclude_institutions(stage, SETTLED)
