"""What a token looks like, how it is kept, and how a request that shows one comes in.

wm_500242000000_<48 hexadecimal digits>: the jurisdiction's code, so that a program needs no cookie, and 192 random bits.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.accounts.entrances import Caller
from weimin.accounts.middleware import client_ip
from weimin.accounts.queries import actor_in, seat_in
from weimin.api.models import Token
from weimin.api.scopes import narrowed
from weimin.regions.models import Region
from weimin.secrets.cipher import hash_for
from weimin.ui.problems import API
from weimin.walls.actor import Actor
from weimin.walls.request import Request

KIND, CHANNEL = "api_token", "api"
SHAPE = re.compile(r"wm_(\d{12})_[0-9a-f]{48}", re.ASCII)
BEARER = re.compile(r"[Bb]earer +(\S+) *")
NOTED_EVERY = timedelta(minutes=1)  # a busy token is not a write with every read


def new_secret(jurisdiction: int) -> str:
    """A new token for a jurisdiction; shown once, kept as `digest`."""
    return f"wm_{jurisdiction:012d}_{secrets.token_hex(24)}"


def digest(secret: str) -> bytes:
    """Keyed hash (HMAC-SM3): the table alone lets nobody in."""
    return hash_for(KIND, secret)


def shown(request: Request) -> str:
    """The token that the request shows, or "" when it shows none of the right shape."""
    found = BEARER.fullmatch(request.headers.get("authorization", ""))
    return found[1] if found and SHAPE.fullmatch(found[1]) else ""


def jurisdiction_named(request: Request) -> int | None:
    """The jurisdiction in the token's prefix; only calls of the API look at tokens."""
    found = SHAPE.fullmatch(shown(request)) if request.path.startswith(API) else None
    return int(found[1]) if found else None


def come_in(request: Request) -> Caller | None:
    """The entrance of /api/: by token only. The session counts for nothing there, so that no page of another site can use it."""
    if not request.path.startswith(API):
        return None
    request.scopes, request.fault = [], ""
    if not request.headers.get("authorization"):
        request.fault = _("请在 Authorization 头里带上接口令牌：Bearer wm_…")
        return Caller()
    token = find_token(request)
    now = timezone.now()
    if token is None or (fault := fault_of(token, now)):
        request.fault = fault if token else _("接口令牌不对。请核对是否抄全，或请系统管理员重新发放。")
        return Caller()
    note_use(token, now)
    request.scopes = token.scopes
    seat = seat_in(token.post, token.post.person_id)
    return Caller(token.post.person, [seat], narrow(actor_in(token.post.person, seat, ip=client_ip(request), channel=CHANNEL), token))


def find_token(request: Request) -> Any:
    """The token with its post, its person and the place's name, in the jurisdiction of the request; None for a wrong one."""
    secret = shown(request)
    if not secret or request.tenant is None:
        return None
    place = Region.objects.filter(pk=OuterRef("post__region")).values("name")[:1]
    found = Token.objects.filter(secret_hash=digest(secret)).select_related("post__person").annotate(place=Subquery(place)).first()
    if found is not None:
        found.post.place = found.place  # type: ignore[attr-defined]
    return found


def fault_of(token: Token, now: datetime) -> str:
    """Why a token that is right does not open, as a sentence; "" when it does."""
    if token.revoked_at is not None:
        return _("这个接口令牌已经收回。请向系统管理员申请新的。")
    if now >= token.expires_at:
        return _("这个接口令牌已经到期。请向系统管理员申请新的。")
    if not token.post.person.active or not token.post.in_force(timezone.localdate(now)):
        return _("这个接口令牌所属的岗位已经结束或停用。")
    return ""


def note_use(token: Token, now: datetime) -> None:
    """Notes the time at most once a minute, and only when nobody else just did."""
    earlier = now - NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < earlier:
        Token.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=earlier), pk=token.pk).update(last_used_at=now)


def narrow(actor: Actor, token: Token) -> Actor:
    return replace(actor, purposes=narrowed(actor.purposes, token.scopes))
