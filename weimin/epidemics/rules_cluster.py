"""Which reports are a cluster. Pure: days of reports and cases in, clusters out; the figures are `parameters.Threshold`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from weimin.epidemics.parameters import Threshold


@dataclass(frozen=True)
class Day:
    """What is known of one class (or of the families of a village) for one day: new sick by symptom, cases by disease and day of onset."""

    on: date
    group: int | None = None
    expected: int = 0
    ill: int = 0
    symptoms: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cluster:
    """A threshold that is reached: `of` is the symptom or disease ("" for a rate), `percent` of a rate is rounded down to tenths."""

    rule: str
    of: str
    group: int | None
    first_on: date
    last_on: date
    count: int
    expected: int = 0


def within(days: Iterable[Day], until: date, span: int) -> list[Day]:
    """The days of a window of `span` days that ends on `until`."""
    first = until - timedelta(days=span - 1)
    return [day for day in days if first <= day.on <= until]


def reached(days: list[Day], threshold: Threshold, of: str, group: int | None) -> Cluster | None:
    """The cluster in the days of one window, when there is one."""
    if threshold.what == "rate":
        ill, expected = sum(day.ill for day in days), sum(day.expected for day in days)
        if ill < threshold.count or not expected or ill * 100 < threshold.percent * expected:
            return None
        return Cluster(threshold.key, "", group, min(day.on for day in days), max(day.on for day in days), ill, expected)
    counted = [(day.on, (day.symptoms if threshold.what == "symptom" else day.cases).get(of, 0)) for day in days]
    sick = [(on, number) for on, number in counted if number]
    total = sum(number for _on, number in sick)
    return Cluster(threshold.key, of, group, sick[0][0], sick[-1][0], total) if total >= threshold.count else None


def groups_of(days: Iterable[Day], scope: str) -> list[int | None]:
    """Whose figures are looked at together: each class, or all (None)."""
    return [None] if scope != "class" else [*sorted({day.group for day in days if day.group is not None})]


def found(days: Iterable[Day], threshold: Threshold, until: date) -> Iterator[Cluster]:
    """The clusters of one threshold in the window that ends on a day, one for each class and symptom."""
    window = sorted(within(days, until, threshold.days), key=lambda day: day.on)
    for group in groups_of(window, threshold.scope):
        own = window if group is None else [day for day in window if day.group == group]
        for of in threshold.of or ("",):
            if cluster := reached(own, threshold, of, group):
                yield cluster


def clusters(days: Iterable[Day], thresholds: Iterable[Threshold], until: date) -> list[Cluster]:
    """Every cluster of the windows that end on `until`; of several rules for the same thing in the same class all are named."""
    known = list(days)
    return [cluster for threshold in thresholds for cluster in found(known, threshold, until)]


def tally(days: Iterable[Day], threshold: Threshold, of: str, group: int | None, since: date) -> Cluster | None:
    """The whole of a cluster that is known already, from its first day on: what an alert grows to."""
    own = [day for day in days if day.on >= since and (group is None or day.group == group)]
    counted = [(day.on, (day.symptoms if threshold.what == "symptom" else day.cases).get(of, 0)) for day in own]
    sick = sorted((on, number) for on, number in counted if number)
    if not sick:
        return None
    return Cluster(threshold.key, of, group, sick[0][0], sick[-1][0], sum(number for _on, number in sick))
