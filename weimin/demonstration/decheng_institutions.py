# text: data
"""The institutions of 德城 in the demonstration: who they are, what they serve, one inspection passed, one to mend, one to come,
the star of 新湖; what the centres report each month; at the end, when the figures are there, stars applied for and given, the quarter's bulletin.

The star is the source's (plan 3 二（三）); posts, licences and scores are invented. Only 新湖 is designated for the insurance and joined to the
province's system, since the source asks for both as something still to come.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.demonstration.files import photo
from weimin.demonstration.stage import Stage
from weimin.institutions.forms.ratings import quarters_over
from weimin.institutions.models import Inspection, Institution, Rating
from weimin.institutions.tables import standard_on
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.walls.session import entered

ENTERED_DAYS_AGO, INSPECTED_DAYS_AGO = 230, 22
REPORTED_AFTER = 12  # days: past the longest holidays
MONTHS = 3  # so many months that are over have been reported
BUSY = (
    {"outpatients": 2140, "first_here": 1310, "first_all": 1985, "surveyed": 120, "satisfied": 113},
    {"outpatients": 1260, "first_here": 640, "first_all": 1410, "surveyed": 80, "satisfied": 68},
)
POSTS = {"approved_doctor": "12", "reported_doctor": "9", "approved_nurse": "10", "reported_nurse": "8", "approved_public_health": "5", "approved_other": "4"}
WEAK = {"rules": "8", "uniforms": "4", "badges": "5"}  # of 20, 10 and 10: 77 of 100, to be mended


def tell_institutions(stage: Stage, villages: list[int]) -> None:
    """`villages`: where residents live, by street; the first is the one with its own station."""
    bureau = ("health_bureau", stage.jurisdiction.code)
    with entered(stage.whole):
        sites = list(Site.objects.filter(tier="institution").order_by("pk"))
    for site in sites:
        ends = stage.today + timedelta(days=45 if site is sites[1] else 700)
        kind = "station" if site.region % 1000 else "centre"
        facts = {"kind": kind, "beds": "0" if kind == "station" else "30", "licence_number": f"PDY{site.pk:06d}", "licence_to": ends.isoformat()}
        stage.act(bureau, "institutions.enter", facts, ENTERED_DAYS_AGO, target=site.pk)
    with entered(stage.whole):
        found = {row.region: row for row in Institution.objects.select_related("site")}
    xinhu, tianqu = (found[street] for street in dict.fromkeys(township_of(village) for village in villages))
    serve(stage, bureau, found, villages)
    stand_out(stage, bureau, xinhu)
    for row, figures in zip((xinhu, tianqu), BUSY, strict=True):
        report_months(stage, row, figures)
    inspect(stage, bureau, xinhu, {})
    inspect(stage, bureau, tianqu, WEAK)
    soon = {"planned_on": (stage.today + timedelta(days=5)).isoformat(), "note": "年度检查"}
    stage.act(bureau, "institutions.plan_inspection", soon, 3, target=found[villages[0]].pk)


def serve(stage: Stage, bureau: tuple[str, int], found: dict[int, Institution], villages: list[int]) -> None:
    """Each institution answers for its villages, the station at the first for the second; the fourth is left to nobody, which the page says."""
    station, second, nobodys = villages[0], villages[1], villages[3]
    for place in dict.fromkeys([*map(township_of, villages), station]):
        own = [village for village in villages if village not in (second, nobodys) and township_of(village) == place]
        served = [str(village) for village in ([second] if place == station else own)]
        stage.act(bureau, "institutions.set_villages", {"villages": served}, ENTERED_DAYS_AGO, target=found[place].pk)
        stage.act(bureau, "institutions.keep_records", {}, ENTERED_DAYS_AGO - 5, target=found[place].pk)
    for place in dict.fromkeys(township_of(village) for village in villages):
        stage.act(("institution", place), "institutions.set_posts", POSTS, ENTERED_DAYS_AGO - 5, target=found[place].pk)


def stand_out(stage: Stage, bureau: tuple[str, int], row: Institution) -> None:
    """The star that the province gave, the insurance, the information system."""
    star = {"name": "山东省星级社区卫生服务机构", "granted_by": "山东省卫生厅", "granted_on": "2010-12-01"}
    insured = {"insured_from": stage.moment(900).date().isoformat(), "insured_by": "德城区医疗保险事业处"}
    stage.act(bureau, "institutions.record_star", star, ENTERED_DAYS_AGO - 5, target=row.pk)
    stage.act(bureau, "institutions.set_insurance", insured, ENTERED_DAYS_AGO - 5, target=row.pk)
    stage.act(bureau, "institutions.join_system", {"informed_from": stage.moment(400).date().isoformat()}, ENTERED_DAYS_AGO - 5, target=row.pk)


def month_before(today: date, back: int) -> date:
    """The first day of a month that is over."""
    index = today.year * 12 + today.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def report_months(stage: Stage, row: Institution, figures: dict[str, int]) -> None:
    """Each month a little more than the one before; reported in the middle of the next one, when no holiday is in the way."""
    for back in range(MONTHS, 0, -1):
        month, more = month_before(stage.today, back), 1 + (MONTHS - back) * 3 / 100
        ago = max(0, (stage.today - month_before(stage.today, back - 1)).days - REPORTED_AFTER)
        if month < stage.moment(ago).date().replace(day=1):  # today may be a rest day at the beginning of a month
            data = {name: str(int(number * more)) for name, number in figures.items()}
            stage.act(("institution", row.region), "institutions.report_month", data | {"month": month.isoformat()}, ago, target=row.pk)


def conclude(stage: Stage, townships: tuple[int, int]) -> None:
    """After the figures have been stored: the first centre has its stars, the second waits for the bureau; the quarter that is over has its bulletin."""
    bureau, day = ("health_bureau", stage.jurisdiction.code), stage.moment(0).date()
    with entered(stage.whole):
        centres = [Institution.objects.get(region=township) for township in townships]
    ratings = []
    for row in centres:
        said = {"year": str(day.year), "statement": "按星级标准自查，申请评定。"}
        ratings.append(int(stage.act(("institution", row.region), "institutions.apply_rating", said, 0, target=row.pk).subject_id or 0))
    with entered(stage.whole):
        computed = Rating.objects.get(pk=ratings[0]).computed
    stage.act(bureau, "institutions.confirm_rating", {"stars": str(computed)}, 0, target=ratings[0])
    stage.act(bureau, "institutions.publish_rating", {}, 0, target=ratings[0])
    year, quarter = quarters_over(day)[0]
    issued = {"period": f"{year}-{quarter}", "issuer": stage.office, "document_number": f"德卫发〔{day.year}〕12号"}
    stage.act(bureau, "institutions.issue_bulletin", issued, 0)


def inspect(stage: Stage, bureau: tuple[str, int], row: Institution, weak: dict[str, str]) -> None:
    """Planned a week before, held, with full marks but for what is weak."""
    day = stage.moment(INSPECTED_DAYS_AGO).date()
    stage.act(bureau, "institutions.plan_inspection", {"planned_on": day.isoformat()}, INSPECTED_DAYS_AGO + 8, target=row.pk)
    with entered(stage.whole):
        inspection = Inspection.objects.get(institution=row)
    items = standard_on(day).items
    data: dict[str, Any] = {f"score_{item.key}": weak.get(item.key, str(item.weight)) for item in items} | {
        "signed_by": stage.seats["institution", row.region].actor.name
    }
    data |= {f"remark_{key}": "部分没有统一" for key in weak}
    files = {f"photo_{item.key}": photo("inspection") for item in items if item.photo}
    stage.act(bureau, "institutions.inspect", data, INSPECTED_DAYS_AGO, target=inspection.pk, files=files)
