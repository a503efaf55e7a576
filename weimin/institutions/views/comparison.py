"""Institutions beside each other, and the quarterly bulletins."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.indicators.registry import INDICATORS
from weimin.indicators.rules import figure
from weimin.institutions.models import QuarterBulletin
from weimin.institutions.papers import bulletin_paper
from weimin.institutions.queries import comparison as queries
from weimin.institutions.queries.inspections import get_bulletin, list_bulletins
from weimin.institutions.tables import fair
from weimin.institutions.views.answers import paper_answer, reader
from weimin.institutions.wording import STANDING, place_words
from weimin.ui.components.charts import Interval
from weimin.ui.workbook import workbook
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

FIRST = "health.record_rate"


def words_of(found: queries.Comparison, row: queries.Row, code: str) -> str:
    """How an institution stands in an indicator, with its place where places mean something."""
    one = row.shares[code]
    said = [str(STANDING[one.standing][0]), place_words(one) if found.ranked else ""]
    return "，".join(part for part in said if part)  # text: data


def bars_of(found: queries.Comparison, code: str) -> list[Interval]:
    rows = [(row, row.shares[code]) for row in found.sorted_by(code)]
    return [Interval(str(row.institution), one.percent, one.low, one.high, row.url, words_of(found, row, code), one.is_small) for row, one in rows]


def table_of(found: queries.Comparison) -> list[dict[str, Any]]:
    """Every institution with all its figures: percent, numerator and denominator, the tag only where something can be said."""
    return [
        {
            "row": row, "why": queries.said(row),
            "cells": [(INDICATORS[code].label, queries.cell(row.shares[code], found.ranked), code in found.quality) for code in found.codes],
        }
        for row in found.behind_first
    ]  # fmt: skip


@require_GET
@signed_in
def comparison_page(request: Request) -> HttpResponse:
    """?code chooses the indicator that is drawn; ?excel=1 gives everything as a workbook."""
    actor, now = reader(request), timezone.now()
    found = queries.comparison(actor, timezone.localdate(now))
    if request.GET.get("excel"):
        return exported(request, found)
    code = request.GET.get("code", "")
    code = code if code in found.codes else FIRST
    n, d = found.whole.get(code, (0, 0))
    mean = figure("%", n, d)
    context = {
        "found": found, "code": code, "known": INDICATORS[code], "down": INDICATORS[code].direction == "down", "n": n, "d": d, "mean": mean,
        "mean_words": _now("虚线是全区 %(percent)s%%（%(n)d/%(d)d）。") % {"percent": mean, "n": n, "d": d} if mean is not None else "",
        "bars": bars_of(found, code) if found.day else [], "tabs": [(one, INDICATORS[one].label, None) for one in found.codes], "table": table_of(found),
        "small": fair(timezone.localdate(now)).small, "confirm": fair(timezone.localdate(now)).confirm,
    }  # fmt: skip
    return render(request, "institutions/comparison.html", context)


def exported(request: Request, found: queries.Comparison) -> HttpResponse:
    """One line for each institution, three columns for each indicator."""
    columns = [("name", _now("机构")), ("residents", _now("服务居民")), ("doctors", _now("医师")), ("per_10k", _now("每万人医师"))]
    for code in found.codes:
        label = str(INDICATORS[code].label)
        columns += [(code, label), (f"{code}:n", _now("%(label)s：分子") % {"label": label}), (f"{code}:d", _now("%(label)s：分母") % {"label": label})]
        columns.append((f"{code}:s", _now("%(label)s：比较") % {"label": label}))
    lines = []
    for row in found.rows:
        line: list[Any] = [str(row.institution), row.residents, row.doctors, row.per_10k]
        for code in found.codes:
            one = row.shares[code]
            line += [one.percent, one.numerator, one.denominator, words_of(found, row, code)]
        lines.append([*line, "；".join(queries.said(row))])  # text: data
    columns.append(("why", _now("落后的原因")))
    return workbook(columns, lines, title=_now("机构比较"), name=request.actor.name, post=request.seat.label, now=timezone.now())


@require_GET
@signed_in
def bulletins_page(request: Request) -> HttpResponse:
    reader(request)
    return render(request, "institutions/bulletins.html", {"bulletins": list_bulletins()})


def bulletin_or_404(number: int) -> QuarterBulletin:
    try:
        return get_bulletin(number)
    except (QuarterBulletin.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def bulletin_page(request: Request, number: int) -> HttpResponse:
    """A bulletin as it was issued."""
    reader(request)
    row = bulletin_or_404(number)
    rows = [(line, [line["cells"][one["code"]] for one in row.figures["codes"]]) for line in row.figures["rows"]]
    whole = [(one, figure("%", one["n"], one["d"])) for one in row.figures["codes"]]
    return render(request, "institutions/bulletin.html", {"bulletin": row, "whole": whole, "rows": rows})


@require_GET
@signed_in
def bulletin_file(request: Request, number: int, ending: str) -> HttpResponse:
    """The bulletin as an official paper."""
    reader(request)
    row = bulletin_or_404(number)
    return paper_answer(lambda: bulletin_paper(row), ending, f"bulletin-{row.year}-{row.quarter}")
