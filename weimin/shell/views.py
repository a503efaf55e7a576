"""Workbench, its Excel, search, guide, help, about."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import weimin
from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.flows.listing import COUNTED
from weimin.flows.queries import count_lists, list_steps
from weimin.flows.registry import FLOWS
from weimin.regions.queries import names
from weimin.sheets.export import Column, export, watermark
from weimin.shell import queries
from weimin.shell.bulk import offered
from weimin.shell.figures import figures_of
from weimin.shell.greeting import date_line, greeting
from weimin.shell.guide import story_of
from weimin.shell.manual import chapters_of
from weimin.shell.todo import Wanted, columns_of, rows_of, shown, tab_choices, wanted
from weimin.ui.duty import duties_of
from weimin.ui.paging import LARGEST
from weimin.ui.search import find
from weimin.walls.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000
HITS = 10


@require_GET
@signed_in
def workbench(request: Request) -> HttpResponse:
    """My steps by deadline with everything around them. People above all jurisdictions have their own first page."""
    if not queries.in_jurisdiction():
        return HttpResponseRedirect(reverse("accounts:jurisdictions"))
    actor, seat, now = request.actor, request.seat, timezone.now()
    chosen = wanted(request.GET)
    page = list_steps(actor, now, chosen.which, chosen.filters, request.GET.get("cursor", ""))
    counts = count_lists(actor, now)
    queries.remember_count(actor, counts["all"])
    known, townships = queries.names_around(actor, {step.region for step in page.rows})
    today = now.astimezone(ZONE).date()
    return render(
        request, "shell/workbench.html",
        {
            "chosen": chosen, "page": page, "rows": rows_of(page.rows, actor, now, known), "columns": columns_of(chosen.tab),
            "tabs": tab_choices(counts), "figures": figures_of(counts), "greeting": greeting(actor.name, now),
            "date_line": date_line(now, seat.label, counts["yellow"], calendar_for(seat.region)),
            "shortcuts": queries.list_quick(actor), "notices": queries.list_notices(actor), "news": queries.list_news(actor),
            "leads": actor.role in queries.LEADING, "colleagues": queries.list_colleagues(actor, seat, today),
            "townships": townships, "flows": sorted(FLOWS.values(), key=lambda flow: flow.name),
            "export": reverse("shell:todo_sheet"), "empty_words": empty_words(chosen), "bulk": offered(actor, page.rows, chosen.which), "key": new_key(),
            "duties": duties_of(actor, today),
        },
    )  # fmt: skip


def empty_words(chosen: Wanted) -> str:
    if chosen.filters != type(chosen.filters)() and chosen.tab == "":
        return _("没有符合条件的事项，可以放宽筛选条件。")
    words = {
        "soon": _("没有快到期的事项。"), "overdue": _("没有超期的事项。"), "team": _("本辖区其他岗位没有在办的事项。"),
        "handed": _("您转出的事项都已办结。"), "blocked": _("没有停着等别人的事项。"), "watching": _("还没有关注的事项，在事项页面上可以关注。"),
    }  # fmt: skip
    return words.get(chosen.tab, _("当前没有待办。有新的事项转到您的岗位时，会出现在这里。"))


@require_GET
@signed_in
def todo_sheet(request: Request) -> HttpResponse:
    """The list that the workbench shows, filters included, as Excel; at most MOST_ROWS rows."""
    actor, seat, now = request.actor, request.seat, timezone.now()
    rows = all_rows(actor, now, wanted(request.GET))
    columns = [
        Column("lamp", _("时限"), 18), Column("due", _("截止日期"), 12), Column("title", _("事项"), 36), Column("place", _("所在地"), 16),
        Column("state", _("环节"), 14), Column("desk", _("承办岗位"), 14), Column("wait", _("在等什么"), 30), Column("urged", _("催办次数"), 10), Column("code", _("区划代码"), 16),
    ]  # fmt: skip
    body = export(columns, rows, title=_("待办清单"), watermark=watermark(actor.name, seat.label, now))
    name = f"todo-{now.astimezone(ZONE):%Y%m%d-%H%M}.xlsx"
    return HttpResponse(body, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def all_rows(actor: Any, now: datetime, chosen: Wanted) -> list[dict[str, Any]]:
    steps: list[Any] = []
    cursor = ""
    while len(steps) < MOST_ROWS:
        page = list_steps(actor, now, chosen.which, chosen.filters, cursor, LARGEST)
        steps += page.rows
        cursor = page.next
        if not cursor:
            break
    return [
        {
            "lamp": row.lamp.words, "due": row.step.due_on, "title": row.title, "place": row.place, "state": str(row.state),
            "desk": row.desk, "wait": row.wait, "urged": row.step.urged_count, "code": str(row.step.region),
        }
        for row in rows_of(steps, actor, now, names({step.region for step in steps}))
    ]  # fmt: skip


@require_GET
@signed_in
def search(request: Request) -> HttpResponse:
    """Everything one may see, in groups. One Han character or two letters at least."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    short = len(text) == 1 and text.isascii()
    groups = [] if short else find(request.actor, text, HITS)
    count = sum(len(hits) for _label, hits in groups)
    return render(request, "shell/search.html", {"text": text, "short": short, "groups": groups, "count": count, "most": HITS})


@require_GET
@signed_in
def guide(request: Request) -> HttpResponse:
    """The walk of ten minutes through the posts; what was done today is ticked."""
    midnight = datetime.combine(timezone.localdate(), time(), ZONE)
    done = queries.actions_done(request.actor, midnight)
    tenant: Any = request.tenant
    story = story_of(tenant.code if tenant else 0, done)
    return render(request, "shell/guide.html", {"story": story, "done": sum(part.done for part in story.parts)})


@require_GET
@signed_in
def help_page(request: Request) -> HttpResponse:
    """Every action of the post, from the registry, with what it does and where it starts."""
    chapters = chapters_of(request.actor)
    count = sum(len(chapter.actions) for chapter in chapters)
    return render(request, "shell/help.html", {"chapters": chapters, "count": count})


@require_GET
@signed_in
def about(request: Request) -> HttpResponse:
    return render(
        request,
        "shell/about.html",
        {"version": weimin.__version__, "limit": shown(COUNTED), "rule": calendar_for(request.actor.low).warning(timezone.localdate())},
    )
