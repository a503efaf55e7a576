"""What residents think of the service, and whether bad words are mended (C-34): over the twelve months before the day; each grade over its month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from weimin.cases.indicators import month_to
from weimin.cases.models import STANDING, VERIFIED, Rating
from weimin.cases.queries.rating import at_midnight
from weimin.cases.rules_rating import BAD, GRADES
from weimin.indicators.registry import Measured, indicator

YEAR = timedelta(days=365)


@indicator(
    "cases.satisfaction", label=_("办件满意率"), unit="%", direction="up", source=_("居民评价（近一年）"), numerator=_("非常满意、满意和基本满意"),
    denominator=_("有效评价"),
)  # fmt: skip
def satisfaction(low: int, high: int, on: date) -> Measured:
    """Grades 5, 4 and 3 of all that stand: taken back and found untrue ones do not count."""
    since, until = at_midnight(on - YEAR), at_midnight(on + timedelta(days=1))
    rows = Rating.objects.filter(region__gte=low, region__lte=high, rated_at__gte=since, rated_at__lt=until, state__in=STANDING)
    counted = rows.values_list("region").annotate(good=Count("pk", filter=Q(grade__gte=3)), valid=Count("pk"))
    return {region: (good, valid) for region, good, valid in counted.order_by()}


@indicator(
    "cases.ratings_mended", label=_("差评按期整改率"), unit="%", direction="up", source=_("差评整改（近一年）"), numerator=_("按期整改并回访"),
    denominator=_("核实属实且到期或已整改的差评"),
)  # fmt: skip
def mended(low: int, high: int, on: date) -> Measured:
    """Verified bad ratings that are closed or due: mended within their limit and called back."""
    since, until = at_midnight(on - YEAR), at_midnight(on + timedelta(days=1))
    rows = Rating.objects.filter(region__gte=low, region__lte=high, rated_at__gte=since, rated_at__lt=until, state__in=VERIFIED)
    due = rows.filter(Q(state="closed") | Q(mend_by__lt=on)).values_list("region")
    in_time = Q(state="closed", mended_late=False)
    counted = due.annotate(good=Count("pk", filter=in_time), whole=Count(F("pk")))
    return {region: (good, whole) for region, good, whole in counted.order_by()}


def grade_words(parts: Iterable[str]) -> dict[str, str]:
    return {part: str(GRADES[int(part)]) for part in parts}


def of_grades(low: int, high: int, on: date, grades: tuple[int, ...]) -> Measured:
    """(grade, region) → ratings of the month with this grade and all of the month: every grade where there is any rating, also one that nobody gave."""
    since, until = month_to(on)
    rows = Rating.objects.filter(region__gte=low, region__lte=high, rated_at__gte=since, rated_at__lt=until, state__in=STANDING)
    each = {f"g{grade}": Count("pk", filter=Q(grade=grade)) for grade in grades}
    counted = rows.values_list("region").annotate(whole=Count("pk"), **each).order_by()
    return {(str(grade), region): (number, whole) for region, whole, *numbers in counted for grade, number in zip(grades, numbers, strict=True)}


for name, words, direction, grades in (
    ("cases.good_grades", _("本月好评分档"), "up", tuple(grade for grade in GRADES if grade not in BAD)),
    ("cases.bad_grades", _("本月差评分档"), "down", tuple(reversed(BAD))),
):
    indicator(
        name, label=words, unit="%", direction=direction, source=_("居民评价"), numerator=_("本月这一档的评价"), denominator=_("本月有效评价"),
        part_names=grade_words,
    )(partial(of_grades, grades=grades))  # fmt: skip
