"""The trail for those who watch: search, one entry in full, export. Reading in full and exporting are on the trail themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weimin.trail.forms import SearchForm
from weimin.trail.models import Entry
from weimin.trail.queries import NEWEST_FIRST, get_entry, in_words, search
from weimin.trail.record import record, record_view
from weimin.ui.paging import Page, page_of
from weimin.ui.workbook import workbook
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

READERS = ("auditor", "supervisor")
MOST_EXPORTED = 100_000
View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Signed in (the accounts room is above, so its page is known by name only), and in a post that watches."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.person is None or request.person.must_change_password:
            return HttpResponseRedirect(reverse("accounts:sign_in") + "?" + urlencode({"next": request.get_full_path()}))
        if request.actor.role not in READERS:
            raise NotAllowed()
        return view(request, *args, **kwargs)

    guarded.needs_sign_in = True  # type: ignore[attr-defined]
    return guarded


@require_safe
@for_readers
def search_page(request: Request) -> HttpResponse:
    """Entries of the post's own range, newest first, 50 a page; nothing is counted."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "trail/search.html", {"form": form, "page": Page([], "", ""), "rows": []}, status=422)
    page = page_of(search(request.actor, form.cleaned_data), NEWEST_FIRST, request.GET.get("cursor", ""), 50)
    return render(request, "trail/search.html", {"form": form, "page": page, "rows": in_words(page.rows), "export": reverse("trail:export")})


@require_safe
@for_readers
def entry_page(request: Request, number: int) -> HttpResponse:
    """One entry with everything that was noted. That it was read is noted too."""
    try:
        entry = get_entry(request.actor, number)
    except (Entry.DoesNotExist, OverflowError):
        raise NotVisible() from None
    note = _("查看留痕第 %(number)d 条") % {"number": number}
    record_view(request.actor, subject_type="trail.entry", subject_id=number, region=entry.region, reason=note, now=timezone.now())
    return render(request, "trail/entry.html", {"row": in_words([entry])[0]})


@require_safe
@for_readers
def export_entries(request: Request) -> HttpResponse:
    """What the search shows, all pages, as Excel with a watermark."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("trail:search") + "?" + request.GET.urlencode())
    now, actor = timezone.now(), request.actor
    found = search(actor, form.cleaned_data).order_by(*NEWEST_FIRST)[:MOST_EXPORTED]
    rows = [cells(row) for row in in_words(found)]
    after = {"filters": {name: request.GET[name] for name in form.fields if request.GET.get(name)}, "rows": len(rows)}
    record(actor, "trail.export", subject_type="trail.entry", subject_id=None, region=actor.low, now=now, after=after)
    return workbook(columns(), rows, title=_("留痕"), name=actor.name, post=request.seat.label, now=now)


def columns() -> list[tuple[str, str]]:
    words = (_("时间"), _("姓名"), _("岗位"), _("操作"), _("对象"), _("地点"), _("变更"), _("理由"), _("来源地址"), _("途径"))
    return [(str(place), label) for place, label in enumerate(words)]


def cells(row: Any) -> list[str]:
    entry = row.entry
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    changes = "；".join(f"{name}：{old or '—'} → {new or '—'}" for name, old, new in row.changes)
    return [at, entry.person_name, entry.role, row.label, row.subject, row.place, changes, entry.reason, entry.ip, entry.channel]
