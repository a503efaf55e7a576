"""The burden page: what forms cost each post in a month, and which form costs most. Rows and figures, no query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.roles import Role
from weimin.shell.queries import label_of
from weimin.ui.formats import percent
from weimin.ui.tables import Column

LINES = 200
BY_POST = [
    Column(gettext_lazy("岗位"), "role", main=True), Column(gettext_lazy("所在地"), "place"), Column(gettext_lazy("填表份数"), "forms", "number"),
    Column(gettext_lazy("填写分钟"), "minutes", "number"), Column(gettext_lazy("手填项数"), "boxes", "number"),
    Column(gettext_lazy("系统已知又手填"), "known", "number"), Column(gettext_lazy("占手填"), "share"),
]  # fmt: skip
BY_FORM = [
    Column(gettext_lazy("表单"), "form", main=True), Column(gettext_lazy("填表份数"), "forms", "number"), Column(gettext_lazy("填写分钟"), "minutes", "number"),
    Column(gettext_lazy("每份分钟"), "each"), Column(gettext_lazy("手填项数"), "boxes", "number"),
    Column(gettext_lazy("系统已知又手填"), "known", "number"), Column(gettext_lazy("占手填"), "share"),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of either table; sums of a month."""

    forms: int
    minutes: int
    each: str
    boxes: int
    known: int
    share: str
    role: str = ""
    place: str = ""
    form: str = ""


def line_of(sums: Mapping[str, Any], **words: str) -> Line:
    """`sums` as `weimin.actions.queries.burden_by` gives them."""
    forms, seconds, boxes, known = (int(sums[name]) for name in ("forms", "seconds", "boxes", "known"))
    return Line(forms, round(seconds / 60), f"{seconds / 60 / forms:.1f}", boxes, known, percent(known, boxes) if boxes else "—", **words)


def post_lines(rows: Iterable[Mapping[str, Any]], places: Mapping[int, str]) -> list[Line]:
    labels = dict(Role.choices)
    return [line_of(row, role=str(labels.get(row["role"], row["role"])), place=places.get(row["region"], str(row["region"]))) for row in rows]


def form_lines(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    return [line_of(row, form=label_of(row["action"])) for row in rows]


def total_of(rows: Iterable[Mapping[str, Any]]) -> Line | None:
    """All posts together; None when nobody filled in a form."""
    sums = {name: sum(int(row[name]) for row in rows) for name in ("forms", "seconds", "boxes", "known")}
    return line_of(sums) if sums["forms"] else None


def month_of(text: str, today: date) -> date:
    """The first day of a month of the address ("2026-11"); this month when it is none."""
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return today.replace(day=1)


def month_choices(months: Iterable[date], today: date) -> list[tuple[str, str, None]]:
    """(value, words, no count) for the tabs: this month and those with figures, six at most."""
    known = sorted({today.replace(day=1), *months}, reverse=True)[:6]
    return [(f"{month:%Y-%m}", _("%(year)d 年 %(month)d 月") % {"year": month.year, "month": month.month}, None) for month in known]
