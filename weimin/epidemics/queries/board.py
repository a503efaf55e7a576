"""Today's board: which school sent its reports, which did not, who is missing in class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.calendars.queries import calendar_for
from weimin.epidemics.finding import groups, places, reports
from weimin.epidemics.models import FamilyReport, Place
from weimin.epidemics.rules_expected import Reporting, is_expected
from weimin.epidemics.wording import symptom_words
from weimin.regions.queries import names
from weimin.walls.actor import Actor

FAMILIES_SHOWN = 50


@dataclass
class Line:
    """One school on one day."""

    place: Place
    owed: int = 0
    sent: int = 0
    expected: int = 0
    absent: int = 0
    ill: int = 0
    symptoms: Counter[str] = field(default_factory=Counter)
    village: str = ""

    @property
    def missing(self) -> int:
        return max(0, self.owed - self.sent)

    @property
    def state(self) -> tuple[str, str]:
        """The tag of the list: words and kind."""
        if not self.owed:
            return (_("今天不用报"), "off") if not self.sent else (_("已报"), "ok")
        if not self.missing:
            return _("已报"), "ok"
        return (_("差 %(n)d 个班") % {"n": self.missing}, "warn") if self.sent else (_("未报"), "bad")

    @property
    def url(self) -> str:
        return reverse("epidemics:place", args=[self.place.pk])

    @property
    def sick(self) -> str:
        return symptom_words(dict(self.symptoms))


def not_suspended(on: date) -> Q:
    return ~Q(suspended_from__isnull=False, suspended_from__lte=on, suspended_until__gte=on)


def board(actor: Actor, on: date) -> list[Line]:
    """Every school of the range, those that miss reports first, then by illness. Four queries, whatever their number."""
    lines = {place.pk: Line(place) for place in places(actor).filter(closed_on__isnull=True, since_on__lte=on)}
    owing = {pk for pk, line in lines.items() if is_expected(reporting(line.place), on, calendar_for(line.place.region))}
    counted = groups(actor).filter(place__in=owing, closed=False).filter(not_suspended(on)).values_list("place").annotate(n=Count("pk")).order_by()
    for pk, number in counted:
        lines[pk].owed = number
    sums = {"n": Count("pk"), "e": Sum("expected"), "a": Sum("absent"), "i": Sum("ill")}
    for pk, number, expected, absent, ill in reports(actor).filter(on=on, place__in=lines).values_list("place").annotate(**sums).order_by():
        line = lines[pk]
        line.sent, line.expected, line.absent, line.ill = number, expected, absent, ill
    for pk, symptoms in reports(actor).filter(on=on, place__in=lines).exclude(symptoms={}).values_list("place", "symptoms"):
        lines[pk].symptoms.update(symptoms)
    known = names({line.place.region for line in lines.values()})
    for line in lines.values():
        line.village = known[line.place.region]
    return sorted(
        lines.values(), key=lambda line: (-bool(line.missing), -bool(line.owed), -line.symptoms.total(), -line.ill, line.place.region, line.place.name)
    )


def reporting(place: Place) -> Reporting:
    return Reporting(place.since_on, (place.away_from, place.away_until), closed_on=place.closed_on)


def totals(lines: list[Line]) -> dict[str, int]:
    return {
        "schools": len(lines), "reported": sum(1 for line in lines if line.owed and not line.missing), "owing": sum(1 for line in lines if line.owed),
        "missing": sum(1 for line in lines if line.missing), "absent": sum(line.absent for line in lines), "ill": sum(line.ill for line in lines),
        "expected": sum(line.expected for line in lines), "sick": sum(line.symptoms.total() for line in lines),
    }  # fmt: skip


def families(actor: Actor, on: date) -> list[FamilyReport]:
    """What families said on a day; a school does not see them."""
    if actor.role == "school":
        return []
    rows = list(FamilyReport.objects.visible_to(actor).filter(on=on).select_related("group__place").order_by("-pk")[:FAMILIES_SHOWN])
    known = names({row.region for row in rows})
    for row in rows:
        row.village = known[row.region]  # type: ignore[attr-defined]
    return rows


def export_rows(actor: Actor, on: date) -> list[list[Any]]:
    """One row for each report of the day, as the workbook shows them."""
    rows = list(reports(actor).filter(on=on).select_related("place", "group").order_by("region", "place__name", "group_id"))
    known = names({row.region for row in rows})
    return [
        [
            row.on.isoformat(), known[row.region], row.place.name, row.group.name, row.expected, row.present, row.absent, row.ill, symptom_words(row.symptoms),
            row.note, row.reported_by,
        ]
        for row in rows
    ]  # fmt: skip
