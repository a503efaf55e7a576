"""Results out of an Excel file: template, dry run with every fault named, then all rows or none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from weimin.accounts.guard import signed_in
from weimin.examinations.actions.importing import differing, of_day, refusal, results_of
from weimin.examinations.judging import content_of
from weimin.health.views.records import for_health
from weimin.sheets.trial import RowCheck
from weimin.sites.importing import SheetImport, import_page
from weimin.walls.actor import Actor
from weimin.walls.request import Request

VERSION = "1"
SAMPLES: list[dict[str, Any]] = [
    {"identity": "500242195503080022", "name": "冉桂兰", "on": "2026-11-20", "fasting": "5.6", "ecg": "正常"},  # text: data
]


def row_check(actor: Actor) -> RowCheck:
    """Nobody twice on a day, nothing that contradicts what is written."""
    seen: set[tuple[int, date]] = set()

    def check(cleaned: dict[str, Any]) -> str | dict[str, str] | None:
        record, on = cleaned["record"], cleaned["on"]
        if record.state != "active":
            return {"identity": _now("这份健康档案不是活动状态，先恢复再导入。")}
        if (record.pk, on) in seen:
            return {"identity": _now("文件里这个人这一天有两行，请合成一行。")}
        seen.add((record.pk, on))
        row = of_day(actor, record, on)
        return refusal(differing(content_of(row), results_of(cleaned))) or None if row else None

    return check


@never_cache
@signed_in
def import_results(request: Request) -> HttpResponse:
    """A batch of some hundred people at once."""
    actor = for_health(request)
    sheet = SheetImport(
        "examinations.import_result", _("导入体检结果"), VERSION, reverse("examinations:plans"), check_row=lambda: row_check(actor), samples=SAMPLES
    )
    return import_page(request, sheet, timezone.now())
