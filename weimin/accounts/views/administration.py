"""People and their posts, for the administrator of a range."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.forms import FindPeople
from weimin.accounts.guard import signed_in
from weimin.accounts.models import Person, Post
from weimin.accounts.queries import list_people, people_in_range, posts_of
from weimin.accounts.roles import Role
from weimin.accounts.rules import locked
from weimin.regions.picker import deepest, levels
from weimin.regions.queries import names
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

COLUMNS = [
    Column(_("姓名"), "name", url="url", main=True),
    Column(_("登录名"), "login"),
    Column(_("岗位"), "posts"),
    Column(_("状态"), "state", "tag"),
]
POSTS = [
    Column(_("岗位"), "post", main=True),
    Column(_("区划"), "place"),
    Column(_("单位"), "post.unit", minor=True),
    Column(_("开始"), "post.starts_on", "day"),
    Column(_("结束"), "post.ends_on", "day"),
    Column(_("办理"), "post", "action", template="accounts/_end_post.html"),
]


def check_administrator(request: Request) -> None:
    if request.actor.role != Role.ADMINISTRATOR:
        raise NotAllowed()


def state(person: Person, request: Request) -> tuple[Any, str]:
    """(words, kind of tag)."""
    if not person.active:
        return _("已停用"), "off"
    if locked(person.locked_until, timezone.now()):
        return _("锁定中"), "bad"
    return (_("须改口令"), "warn") if person.must_change_password else (_("在用"), "ok")


def describe(posts: list[Post], known: dict[int, str], on: date) -> str:
    current = [post for post in posts if post.in_force(on)]
    return "；".join(f"{known[post.region]} {post}" for post in current) or str(_("没有在任岗位"))


@require_GET
@signed_in
def people(request: Request) -> HttpResponse:
    """The list: filters in the address, keyset pages, four queries whatever the size."""
    check_administrator(request)
    actor, form = request.actor, FindPeople(request.GET, label_suffix="")
    wanted = form.cleaned_data if form.is_valid() else {}
    chosen = deepest(request.GET.dict())
    found = list_people(actor, text=wanted.get("q", ""), role=wanted.get("role", ""), region=chosen)
    page = page_of(found, ["name", "pk"], request.GET.get("cursor", ""))
    posts = posts_of(actor, [person.pk for person in page.rows])
    known = names({post.region for held in posts.values() for post in held})
    today = timezone.localdate()
    rows = [
        {"name": person.name, "login": person.login, "url": f"/people/{person.pk}/", "state": state(person, request),
         "posts": describe(posts.get(person.pk, []), known, today)}
        for person in page.rows
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "columns": COLUMNS, "form": form, "levels": levels(actor, chosen)}
    return render(request, "accounts/people.html", context)


@require_GET
@signed_in
def person(request: Request, number: int) -> HttpResponse:
    check_administrator(request)
    actor = request.actor
    found = people_in_range(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible()
    posts = posts_of(actor, [found.pk])[found.pk]
    known = names({post.region for post in posts})
    rows = [{"post": post, "place": known[post.region]} for post in posts]
    words, kind = state(found, request)
    context = {"who": found, "rows": rows, "columns": POSTS, "words": words, "kind": kind}
    return render(request, "accounts/person.html", context)
