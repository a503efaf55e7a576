"""The first line of the workbench: a greeting by the hour, the date in words, where the post sits. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from weimin.calendars.clock import ZONE
from weimin.calendars.rules import HOLIDAY, MAKEUP, Calendar
from weimin.shell.todo import shown
from weimin.ui.formats import day

HOURS: list[tuple[int, Any]] = [
    (5, gettext_lazy("夜深了")), (9, gettext_lazy("早上好")), (12, gettext_lazy("上午好")), (14, gettext_lazy("中午好")),
    (18, gettext_lazy("下午好")), (24, gettext_lazy("晚上好")),
]  # fmt: skip
WEEKDAYS: list[Any] = [
    gettext_lazy("星期一"), gettext_lazy("星期二"), gettext_lazy("星期三"), gettext_lazy("星期四"), gettext_lazy("星期五"),
    gettext_lazy("星期六"), gettext_lazy("星期日"),
]  # fmt: skip


def greeting(name: str, now: datetime) -> str:
    hour = now.astimezone(ZONE).hour
    words = next(words for until, words in HOURS if hour < until)
    return _("%(name)s，%(words)s") % {"name": name, "words": words}


def date_line(now: datetime, post: str, soon: int, calendar: Calendar) -> str:
    """2026 年 11 月 23 日 星期一 · 乡镇经办 · 板溪镇 · 有 3 件快到期"""
    local = now.astimezone(ZONE).date()
    parts = [f"{day(local)} {WEEKDAYS[local.weekday()]}", post]
    kind = calendar.kind(local)
    if kind in (HOLIDAY, MAKEUP):
        words = _("%(name)s放假") if kind == HOLIDAY else _("%(name)s调休上班")
        parts.append(words % {"name": calendar.name(local)})
    if soon:
        parts.append(ngettext("有 %(n)s 件快到期", "有 %(n)s 件快到期", soon) % {"n": shown(soon)})
    return " · ".join(part for part in parts if part)
