# text: data
"""Health education in the demonstration: the year's plan of a centre, the forum two years in a row, a campaign with its quiz, the letter, kits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.demonstration.stage import Stage
from weimin.education.forms.letters import draft
from weimin.residents.models import Household
from weimin.sites.models import Site
from weimin.walls.session import entered

BUREAU_CODE = 371402000000
PLANNED_DAYS_AGO, LETTER_DAYS_AGO, KITS_DAYS_AGO, CAMPAIGN_DAYS_AGO, LATE_DAYS_AGO = 270, 200, 60, 40, 8
YEAR_DAYS_AGO = 45
RECORDED_AFTER = 12  # days: past the longest holidays
SERVED = 3  # households with a kit; one of them got the pot only


def teach(stage: Stage, township: int, community: int) -> None:
    """Nineteen acts of the centre of a street, its bureau and the doctor of one of its communities."""
    with entered(stage.whole):
        centre = Site.objects.get(region=township, tier="institution").pk
        homes = list(
            Household.objects.filter(region=community, status="standing", collective=False).order_by("address", "pk").values_list("pk", flat=True)[:SERVED]
        )
    whose = ("institution", township)
    stage.act(whose, "education.make_plan", {"year": str(stage.today.year), "level": "centre", "starts": "9:00"}, YEAR_DAYS_AGO, target=centre)
    for on in (date(stage.today.year - 1, 10, 20), day(stage, 20)):
        hold(stage, whose, centre, on, {"kind": "forum", "subject": "社区健康讲坛：慢性病防治", "place": str(community), "speaker": "区人民医院王主任"}, 120)
    campaign(stage, whose, centre, community)
    board = {"name": "1 号宣传栏", "place": "门诊大厅东侧", "area": "3", "on": day(stage, 58).isoformat()}
    stage.act(whose, "education.set_up_board", board, 58, target=centre)
    letter(stage, whose, community)
    kits(stage, whose, centre, community, homes)


def day(stage: Stage, days_ago: int) -> date:
    """The working day on which an act of so many days ago is done."""
    return stage.moment(days_ago).date()


def hold(stage: Stage, whose: tuple[str, int], centre: int, on: date, facts: dict[str, Any], people: int) -> int:
    """An activity that was held; answers its number."""
    planned = {"on": on.isoformat(), "starts": "8:00", "venue": "社区活动室", "audience": "社区居民"} | facts
    ago = min(PLANNED_DAYS_AGO, (stage.today - on).days)
    number = stage.act(whose, "education.plan_activity", planned, ago, target=centre).subject_id
    found = {"attendance": str(people), "content": "讲解控油限盐和高血压、糖尿病防治", "evaluation": "居民反映良好", "archives": ["pictures", "sign_in"]}
    stage.act(whose, "education.record_activity", found, max(0, ago - RECORDED_AFTER), target=number)
    return int(number or 0)


def campaign(stage: Stage, whose: tuple[str, int], centre: int, community: int) -> None:
    """A school with a quiz before and after, and a shop whose record is still owed."""
    on = day(stage, CAMPAIGN_DAYS_AGO)
    facts = {"kind": "campaign", "place_kind": "school", "subject": "健康知识进校园", "place": str(community), "audience": "学生和家长"}
    number = hold(stage, whose, centre, on, facts, 86)
    quiz = stage.act(whose, "education.make_quiz", {"questions": ["salt", "oil"], "prizes": "毛巾"}, CAMPAIGN_DAYS_AGO, target=number).subject_id
    for phase, right in (("before", ("22", "18")), ("after", ("78", "71"))):
        counts = {"phase": phase, "people": "86", "correct_0": right[0], "correct_1": right[1], "on": on.isoformat()}
        stage.act(whose, "education.enter_counts", counts, CAMPAIGN_DAYS_AGO - 10, target=quiz)
    late = {"kind": "campaign", "place_kind": "shop", "subject": "健康知识进门店", "venue": "社区超市", "place": str(community), "starts": "15:00"}
    stage.act(whose, "education.plan_activity", late | {"on": (stage.today - timedelta(days=LATE_DAYS_AGO)).isoformat()}, LATE_DAYS_AGO + 5, target=centre)


def letter(stage: Stage, whose: tuple[str, int], community: int) -> None:
    on = day(stage, LETTER_DAYS_AGO).isoformat()
    facts = {**draft(), "signed_by": "德城区卫生局", "signed_on": on}
    number = stage.act(("health_bureau", BUREAU_CODE), "education.write_letter", facts, LETTER_DAYS_AGO).subject_id
    given = {"letter": str(number), "place": str(community), "way": "posted", "copies": "60", "on": on, "venue": "各小区楼道门口"}
    stage.act(whose, "education.record_letters", given, LETTER_DAYS_AGO - 1)


def kits(stage: Stage, whose: tuple[str, int], centre: int, community: int, homes: list[int]) -> None:
    """The centre got fifty of each; the doctor takes them from door to door."""
    for kind in ("oil_pot", "salt_spoon"):
        came = {"kind": kind, "quantity": "50", "on": day(stage, KITS_DAYS_AGO).isoformat(), "source": "区卫生局配发"}
        stage.act(whose, "education.receive_kits", came, KITS_DAYS_AGO, target=centre)
    for place, home in enumerate(homes):
        on = day(stage, KITS_DAYS_AGO - 5).isoformat()
        given = {"institution": str(centre), "oil_pot": "on", "salt_spoon": "on" if place else "", "explained": "on", "on": on}
        stage.act(("doctor", community), "education.hand_out", given, KITS_DAYS_AGO - 5, target=home)
