"""Tokens and webhooks as pages: who may come in by which token, who is told what, and how that went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from weimin.accounts.guard import signed_in
from weimin.accounts.models import Post
from weimin.accounts.roles import Role
from weimin.api import queries
from weimin.api.models import Token, Webhook
from weimin.api.scopes import label_of
from weimin.regions.queries import names
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

TOKENS = [
    Column(_("用途"), "token.name", main=True, hint="scopes"),
    Column(_("岗位"), "post", hint="place"),
    Column(_("令牌"), "tail"),
    Column(_("最后一天"), "last_day", "day"),
    Column(_("最近使用"), "token.last_used_at", "moment", minor=True),
    Column(_("状态"), "state", "tag"),
    Column(_("办理"), "token", "action", template="api/_token_actions.html"),
]
POSTS = [
    Column(_("姓名"), "post.person.name", main=True),
    Column(_("岗位"), "post"),
    Column(_("区划"), "place"),
    Column(_("办理"), "post", "action", template="api/_post_actions.html"),
]
WEBHOOKS = [
    Column(_("名称"), "webhook.name", main=True, url="url"),
    Column(_("接收地址"), "webhook.url"),
    Column(_("通知的事"), "events"),
    Column(_("登记时间"), "webhook.created_at", "moment", minor=True),
    Column(_("状态"), "state", "tag"),
]
DELIVERIES = [
    Column(_("事件"), "delivery.action", main=True, hint="delivery.event"),
    Column(_("发生时间"), "delivery.created_at", "moment"),
    Column(_("次数"), "delivery.attempts", "number"),
    Column(_("状态"), "state", "tag"),
    Column(_("对方的回答"), "delivery.said", minor=True),
    Column(_("办理"), "delivery", "action", template="api/_delivery_actions.html"),
]
KINDS = {"pending": "warn", "sent": "ok", "failed": "bad"}


@require_safe
@signed_in
def tokens(request: Request) -> HttpResponse:
    """Tokens, newest first; the button gives one for the post one sits in, and the administrator looks for other posts by ?q=."""
    actor, now = request.actor, timezone.now()
    administrator, text = actor.role == Role.ADMINISTRATOR, request.GET.get("q", "").strip()[:40]
    page = page_of(queries.tokens_for(actor), ["-created_at"], request.GET.get("cursor", ""))
    posts = queries.posts_found(actor, text, timezone.localdate(now)) if administrator and text else []
    known = names({row.region for row in (*page.rows, *posts)})
    mine = Post.objects.visible_to(actor).select_related("person").filter(pk=actor.post or 0, person=actor.person).first()
    context = {
        "page": page, "columns": TOKENS, "rows": [token_row(token, known, now) for token in page.rows], "mine": mine,
        "administrator": administrator, "text": text, "posts": [{"post": post, "place": known[post.region]} for post in posts], "post_columns": POSTS,
    }  # fmt: skip
    return render(request, "api/tokens.html", context)


def token_row(token: Token, known: dict[int, str], now: datetime) -> dict[str, Any]:
    return {
        "token": token, "scopes": "、".join(label_of(code) for code in token.scopes), "post": f"{token.post.person.name} {token.post}",
        "place": known[token.region], "tail": f"…{token.tail}", "state": queries.state_of(token, now),
        "last_day": timezone.localtime(token.expires_at - timedelta(seconds=1)).date(),
    }  # fmt: skip


def check_administrator(request: Request) -> None:
    if request.actor.role != Role.ADMINISTRATOR:
        raise NotAllowed()


def state_of(webhook: Webhook) -> tuple[Any, str]:
    return (_("在用"), "ok") if webhook.paused_at is None else (_("已暂停"), "off")


@require_safe
@signed_in
def webhooks(request: Request) -> HttpResponse:
    """Who is told of what, newest first."""
    check_administrator(request)
    page = page_of(queries.webhooks_for(request.actor), ["-created_at"], request.GET.get("cursor", ""))
    rows = [{"webhook": row, "url": f"/api-access/webhooks/{row.pk}/", "events": "、".join(row.events), "state": state_of(row)} for row in page.rows]
    return render(request, "api/webhooks.html", {"page": page, "columns": WEBHOOKS, "rows": rows})


@require_safe
@signed_in
def webhook(request: Request, number: int) -> HttpResponse:
    """One webhook and its delivery log, newest first."""
    check_administrator(request)
    found = queries.webhooks_for(request.actor).filter(pk=number).first()
    if found is None:
        raise NotVisible()
    page = page_of(queries.deliveries_of(request.actor, found), ["-created_at"], request.GET.get("cursor", ""))
    rows = [{"delivery": row, "state": (row.get_state_display(), KINDS[row.state])} for row in page.rows]
    words, kind = state_of(found)
    context = {"webhook": found, "events": "、".join(found.events), "page": page, "columns": DELIVERIES, "rows": rows, "words": words, "kind": kind}
    return render(request, "api/webhook.html", context)
