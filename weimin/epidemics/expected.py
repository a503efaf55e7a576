"""Who owes a report today and has not sent it."""

from __future__ import annotations

from datetime import date

from weimin.calendars.queries import calendar_for
from weimin.epidemics.models import DailyReport, Group, Place
from weimin.epidemics.rules_expected import Reporting, is_expected


def reporting_of(group: Group) -> Reporting:
    """Of a group whose place is read already."""
    place = group.place
    return Reporting(place.since_on, (place.away_from, place.away_until), (group.suspended_from, group.suspended_until), place.closed_on)


def owes(group: Group, on: date) -> bool:
    return not group.closed and is_expected(reporting_of(group), on, calendar_for(group.region))


def expected_groups(place: Place, on: date, *, unreported: bool = False) -> list[Group]:
    """The classes of a school that owe a report for a day; only those that did not send it."""
    groups = [group for group in place.groups.filter(closed=False).select_related("place").order_by("pk") if owes(group, on)]
    if not unreported:
        return groups
    sent = set(DailyReport.objects.filter(place=place, on=on).values_list("group_id", flat=True))
    return [group for group in groups if group.pk not in sent]
