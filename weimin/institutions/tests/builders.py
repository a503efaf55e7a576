"""Institutions, inspections, ratings and stored values for tests. NOW is Monday 23 November 2026, ten in the morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from weimin.flows.steps import open_step
from weimin.indicators.models import Value
from weimin.institutions.flow import INSPECTION, RATING
from weimin.institutions.models import Catchment, Inspection, InspectionRound, Institution, MonthlyReport, NamedStar, QuarterBulletin, Rating
from weimin.institutions.rules_unified import check_lines, judge
from weimin.institutions.tables import standard_on
from weimin.sites.models import Site
from weimin.sites.tests.builders import make_site

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
FULL = {item.key: item.weight for item in standard_on(TODAY).items}


def make_clinic(region: int, name: str = "土陂社区卫生服务中心", **over: Any) -> Site:
    """An open site of the institutions' tier."""
    return make_site(region=region, name=name, **{"tier": "institution", "place_kind": "other", **over})


def make_institution(region: int, name: str = "土陂社区卫生服务中心", *, villages: tuple[int, ...] = (), site: Site | None = None, **over: Any) -> Institution:
    site = site or make_clinic(region, name)
    row = Institution.objects.create(site=site, region=site.region, **{"kind": "centre", "beds": 20, **over})
    Catchment.objects.bulk_create(Catchment(institution=row, region=village) for village in villages)
    return row


def make_inspection(institution: Institution, state: str = "planned", **over: Any) -> Inspection:
    """An inspection with the open step that its state has."""
    facts = {"planned_on": TODAY, "planned_by": "王科长", "state": state, **over}
    row = Inspection.objects.create(institution=institution, region=institution.region, **facts)
    if state in ("planned", "rectifying", "reported"):
        open_step(INSPECTION, state, row, title="统一标准检查", region=row.region, now=NOW)
    return row


def make_round(inspection: Inspection, scores: dict[str, Any] | None = None, *, held_on: date = TODAY, **over: Any) -> InspectionRound:
    """A look with full marks but for `scores`."""
    standard, given = standard_on(held_on), {**FULL, **(scores or {})}
    marks = {key: type(standard.pass_mark)(value) for key, value in given.items()}
    verdict = judge(standard, marks)
    facts = {
        "number": inspection.rounds.count() + 1, "held_on": held_on, "held_by": "王科长", "standard_from": standard.effective_from,
        "items": check_lines(standard, marks, {}), "score": verdict.score, "result": verdict.result, "text": verdict.text, "signed_by": "李院长",
        "rectify_by": held_on + timedelta(days=30) if verdict.result == "rectify" else None, **over,
    }  # fmt: skip
    return InspectionRound.objects.create(inspection=inspection, institution=inspection.institution, region=inspection.region, **facts)


def make_inspected(region: int, state: str, scores: dict[str, Any] | None = None, **over: Any) -> Inspection:
    """An institution that was looked at once."""
    inspection = make_inspection(make_institution(region, **over), state)
    make_round(inspection, scores)
    return inspection


def make_rating(institution: Institution, state: str = "applied", **over: Any) -> Rating:
    facts: dict[str, Any] = {
        "year": 2026, "state": state, "applied_by": "李院长", "applied_at": NOW, "scheme_from": date(2026, 1, 1), "computed_on": TODAY, "points": "80.0",
        "computed": 3, "account": {"lines": [], "next": 4, "missing": "5.0", "unmet": []},
    }  # fmt: skip
    if state in ("confirmed", "published"):
        facts |= {"stars": 3, "confirmed_by": "王科长", "confirmed_at": NOW}
    if state == "published":
        facts |= {"published_by": "王科长", "published_at": NOW}
    row = Rating.objects.create(institution=institution, region=institution.region, **{**facts, **over})
    if state in ("applied", "confirmed"):
        open_step(RATING, state, row, title="星级评定", region=row.region, now=NOW)
    return row


def make_star(institution: Institution, **over: Any) -> NamedStar:
    facts = {"name": "山东省星级社区卫生服务机构", "granted_by": "山东省卫生厅", "granted_on": date(2010, 12, 1), **over}
    return NamedStar.objects.create(institution=institution, region=institution.region, **facts)


def make_report(institution: Institution, month: date = date(2026, 10, 1), **over: Any) -> MonthlyReport:
    facts: dict[str, Any] = {"outpatients": 900, "first_here": 300, "first_all": 600, "surveyed": 50, "satisfied": 45, **over}
    facts = {"reported_by": "李院长", "reported_at": NOW} | facts
    return MonthlyReport.objects.create(institution=institution, region=institution.region, month=month, **facts)


def make_bulletin(**over: Any) -> QuarterBulletin:
    figures = {"day": "2026-09-30", "unassigned": 0, "codes": [], "rows": []}
    return QuarterBulletin.objects.create(
        **{"year": 2026, "quarter": 3, "issuer": "区卫生局", "figures": figures, "issued_by": "王科长", "issued_at": NOW, **over}
    )


def store(code: str, region: int, numerator: int, denominator: int, on: date = TODAY) -> Value:
    """A stored value of an indicator."""
    return Value.objects.create(code=code, region=region, on=on, numerator=numerator, denominator=denominator, computed_at=NOW)


def marks(scores: dict[str, Any] | None = None, **over: Any) -> dict[str, str]:
    """What the form of an inspection takes: full marks but for `scores`."""
    given = {f"score_{key}": str(value) for key, value in {**FULL, **(scores or {})}.items()}
    return {**given, "opinion": "", "signed_by": "李院长", **over}
