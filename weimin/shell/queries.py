"""Reads of the workbench beside the list itself: news, messages, who else is on duty, figures in the navigation."""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name

from weimin.accounts.models import Post
from weimin.accounts.queries import Seat, in_force
from weimin.actions.queries import list_receipts
from weimin.actions.registry import ACTIONS
from weimin.flows.queries import count_mine
from weimin.messages.queries import Line, inbox, line_of
from weimin.regions.models import Region
from weimin.regions.rules import Level, level
from weimin.trail.models import Entry
from weimin.ui.components.status import Event
from weimin.ui.shortcuts import SHOWN, shortcuts_of
from weimin.walls.actor import Actor
from weimin.walls.tenancy import tenancy

LEADING = ("lead_office", "leader", "supervisor", "administrator", "auditor")
GROUND = ("accounts.", "messages.", "attachments.", "regions.", "calendars.")  # not the work of every day
NEWS, NOTICES, COLLEAGUES = 6, 5, 6


@dataclass(frozen=True)
class Colleague:
    """Somebody with a post at the same place today."""

    name: str
    post: str
    unit: str


def in_jurisdiction() -> bool:
    return bool(tenancy.schema_name != get_public_schema_name())


class Counted(threading.local):
    """What this request's workbench counted already, so that the navigation does not count it again."""

    seen: tuple[weakref.ref[Actor], int] | None = None


_counted = Counted()


def remember_count(actor: Actor, count: int) -> None:
    _counted.seen = (weakref.ref(actor), count)


def todo_count(actor: Any) -> int | None:
    """The figure beside "工作台"; above all jurisdictions there are no steps."""
    if _counted.seen is not None and _counted.seen[0]() is actor:
        return _counted.seen[1]
    return count_mine(actor) if in_jurisdiction() else None


def list_news(actor: Actor) -> list[Event]:
    """What changed: the latest of the trail in the range for those who lead, one's own receipts for the others."""
    if actor.role in LEADING:
        return [event_of(entry) for entry in Entry.objects.visible_to(actor).exclude(channel="job").order_by("-pk")[:NEWS]]
    return [Event(row.at, label_of(row.action), "", row.message, url=row.next_url) for row in list_receipts(actor, NEWS)]


def event_of(entry: Any) -> Event:
    return Event(entry.at, label_of(entry.action), entry.who, entry.reason)


def label_of(action: str) -> str:
    return str(ACTIONS[action].label) if action in ACTIONS else _("查看完整信息") if action == "trail.view" else action


def list_quick(actor: Actor) -> list[tuple[Any, str]]:
    """(label, address) of "常用": what rooms registered for the post, then actions of the domains that start from nothing."""
    registered = [(item.label, item.url) for item in shortcuts_of(actor)]
    known = {url for _label, url in registered}
    free = [action for action in ACTIONS.values() if action.find is None and action.allows(actor) and not action.name.startswith(GROUND)]
    started = [(action.label, reverse("actions:act", args=[action.name])) for action in free]
    return (registered + [line for line in started if line[1] not in known])[:SHOWN]


def list_notices(actor: Actor) -> list[Line]:
    return [line_of(message) for message in inbox(actor).order_by("-pk")[:NOTICES]]


def list_colleagues(actor: Actor, seat: Seat, on: date) -> list[Colleague]:
    """Other people whose post at the same place is in force today."""
    found = Post.objects.visible_to(actor).filter(in_force(on), region=seat.region, person__active=True).exclude(person=actor.person)
    rows = found.select_related("person").order_by("role", "pk")[:COLLEAGUES]
    return [Colleague(row.person.name, row.title or str(row.get_role_display()), row.unit) for row in rows]


def names_around(actor: Actor, codes: set[int]) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Names of the regions of a page, and the townships to filter by (for posts above the townships), in one query."""
    wanted = Q(pk__in=codes)
    above = actor.low < actor.high and level(actor.low) < Level.TOWNSHIP
    if above:
        wanted |= Q(level=Level.TOWNSHIP, code__gte=actor.low, code__lte=actor.high)
    rows = list(Region.objects.filter(wanted).order_by("code")) if codes or above else []
    townships = [(row.code, row.short) for row in rows if row.level == Level.TOWNSHIP] if above else []
    return {row.code: row.short for row in rows}, townships


def actions_done(actor: Actor, since: datetime, most: int = 5000) -> set[str]:
    """Names of the actions done since a moment in the actor's range, from the latest `most` entries of the trail."""
    latest = Entry.objects.visible_to(actor).filter(at__gte=since).order_by("-pk").values("action")[:most]
    return {row["action"] for row in latest}
