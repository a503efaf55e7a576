"""Who somebody is today: posts of their own and posts they act in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from weimin.accounts.models import Delegation, Person, Post
from weimin.accounts.roles import DUTIES
from weimin.regions.queries import names
from weimin.regions.rules import range_of
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Seat:
    """A post that a person may take now: their own, or (deputy_for) somebody's on leave."""

    post: int
    role: str
    role_name: str
    title: str
    unit: str
    region: int
    region_name: str
    deputy_for: str = ""

    @property
    def label(self) -> str:
        return " · ".join(part for part in (self.title or self.role_name, self.region_name) if part)


def in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def seats_of(person: Person, on: date) -> list[Seat]:
    """Own posts first, then delegated ones; three queries."""
    own = list(Post.objects.filter(in_force(on), person=person).order_by("pk"))
    lent = list(
        Delegation.objects.filter(deputy=person, starts_on__lte=on, ends_on__gte=on, revoked_at__isnull=True).select_related("post__person").order_by("pk")
    )
    rows = [(post, "") for post in own] + [(row.post, row.post.person.name) for row in lent if row.post.in_force(on)]
    known = names({post.region for post, _ in rows}) if rows else {}
    return [
        Seat(post.pk, post.role, str(post.get_role_display()), post.title, post.unit, post.region, known[post.region], whose) for post, whose in rows
    ]


def actor_in(person: Person, seat: Seat, *, ip: str = "", channel: str = "web") -> Actor:
    low, high = range_of(seat.region)
    return Actor(person.pk, person.name, seat.post, seat.role, low, high, DUTIES[seat.role].purposes, ip, channel)
