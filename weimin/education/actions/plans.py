"""The plan of a year: what is owed by rule becomes planned activities, spread over the months."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.base import check_open, find_institution, where, who
from weimin.education.forms.activities import MakePlan
from weimin.education.forms.fields import moment
from weimin.education.models import Activity, YearPlan
from weimin.education.parameters import Minimums, minimums, topic
from weimin.education.reminding import remind_of_activity
from weimin.education.rules import plan_days
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def year_url(site: int, year: int) -> str:
    return f"{reverse('education:year', args=[site])}?year={year}"


def proposed(site: Site, rule: Minimums, year: int, today: date, starts: time, by: Actor, now: datetime) -> list[Activity]:
    """Unsaved activities on the days that the rule gives, with the subjects of the months; what is past is left out."""
    made = []
    for kind, times in (("lecture", rule.lectures), ("consultation", rule.consultations)):
        for on in plan_days(times, year, today, site.opened_on):
            facts = {"subject": topic(kind, on), "venue": (site.address or site.name)[:100], "starts_at": moment(on, starts)}
            facts |= {"institution": site.pk, "institution_name": site.name, "planned_by": who(by), "planned_at": now}
            made.append(Activity(region=site.region, kind=kind, by_rule=True, **facts))
    return made


@register(
    "education.make_plan", label=_("按规定生成年度计划"), form=MakePlan, roles=("institution", "health_bureau"), find=find_institution, region=where,
    check=check_open,
)  # fmt: skip
def make_plan(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """按国家规范的最低次数生成一年的讲座和咨询，分到各月；生成后可以逐个更改。"""
    year, today = data["year"], timezone.localdate(now)
    if YearPlan.objects.filter(institution=site.pk, year=year).exists():
        raise RuleBroken(_now("“%(name)s” %(year)d 年的计划已经生成，请在计划里更改。") % {"name": site.name, "year": year})
    rule = minimums(data["level"], date(year, 1, 1))
    kept = asdict(rule) | {"counts_lectures": list(rule.counts_lectures), "counts_consultations": list(rule.counts_consultations)}
    plan = YearPlan.objects.create(region=site.region, institution=site.pk, year=year, level=data["level"], minimums=kept, made_by=who(by), made_at=now)
    rows = Activity.objects.bulk_create(proposed(site, rule, year, today, data["starts"], by, now))
    for row in rows:
        remind_of_activity(row, now)
    message = _now("已生成 %(count)d 次活动，分到各月。") % {"count": len(rows)}
    return Outcome(plan, after={"year": year, "level": plan.level, "activities": len(rows)}, message=message, next_url=year_url(site.pk, year))
