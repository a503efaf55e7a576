"""Who somebody is today: posts of their own and posts they act in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.accounts.models import Delegation, Person, Post, SignIn
from weimin.accounts.roles import DUTIES
from weimin.regions.rules import range_of, short_name
from weimin.walls.actor import Actor, system_actor
from weimin.walls.prepared import prepared
from weimin.walls.session import entered
from weimin.walls.tenancy import here


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
        own = " · ".join(part for part in (self.title or self.role_name, self.region_name) if part)
        return _("%(post)s（代 %(name)s）") % {"post": own, "name": self.deputy_for} if self.deputy_for else own


POST_COLUMNS = [field.attname for field in Post._meta.concrete_fields]
PERSON_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
CHOSEN = ", ".join([*(f"post.{name}" for name in POST_COLUMNS), *(f"person.{name}" for name in PERSON_COLUMNS), "place.name"])
# Asked with every request, so it is written out: building it as a queryset cost a seventh of a whole write.
OPEN_TO = f"""SELECT {CHOSEN} FROM accounts_post post JOIN accounts_person person ON person.id = post.person_id
LEFT JOIN regions_region place ON place.code = post.region
WHERE post.starts_on <= %(on)s AND (post.ends_on IS NULL OR post.ends_on >= %(on)s) AND post.id = ANY (ARRAY(
  SELECT id FROM accounts_post WHERE person_id = %(number)s
  UNION SELECT post_id FROM accounts_delegation WHERE deputy_id = %(number)s AND starts_on <= %(on)s AND ends_on >= %(on)s AND revoked_at IS NULL))
ORDER BY post.person_id <> %(number)s, post.id"""  # noqa: S608  names of our own columns


def in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def posts_open_to(number: int, on: date) -> list[Any]:
    """Posts that a person holds or acts in on a day, own ones first, with `person` and `place` (the region's name). One query."""
    with prepared() as cursor:
        cursor.execute(OPEN_TO, {"number": number, "on": on})
        return [with_person(row) for row in cursor.fetchall()]


def with_person(row: tuple[Any, ...]) -> Post:
    cut = len(POST_COLUMNS)
    post = Post.from_db(connection.alias, POST_COLUMNS, row[:cut])
    post.person = Person.from_db(connection.alias, PERSON_COLUMNS, row[cut:-1])
    post.place = row[-1]  # type: ignore[attr-defined]  # for `seat_in`
    return post


def seat_in(post: Any, number: int) -> Seat:
    place = short_name(post.place) if post.place else str(post.region)
    whose = post.person.name if post.person_id != number else ""
    return Seat(post.pk, post.role, str(post.get_role_display()), post.title, post.unit, post.region, place, whose)


def seats_of(person: Person, on: date) -> list[Seat]:
    """Own posts first, then delegated ones; one query."""
    return [seat_in(post, person.pk) for post in posts_open_to(person.pk, on)]


def person_with_seats(number: int, on: date) -> tuple[Person | None, list[Seat]]:
    """Who a session names, and where they may sit; (None, []) for nobody or somebody who was barred.

    Asked with every request: one query for whoever holds a post, two for the others.
    """
    posts = posts_open_to(number, on)
    holder = next((post.person for post in posts if post.person_id == number), None)
    person = holder or Person.objects.filter(pk=number).first()
    if person is None or not person.active:
        return None, []
    return person, [seat_in(post, number) for post in posts]


def actor_in(person: Person, seat: Seat, *, ip: str = "", channel: str = "web") -> Actor:
    low, high = range_of(seat.region)
    return Actor(person.pk, person.name, seat.post, seat.role, low, high, DUTIES[seat.role].purposes, ip, channel)


def roles_in_force(person: Person, now: datetime) -> set[str]:
    """Roles of every seat the person may take today, delegated ones too. Asked at sign-in, before any wall stands."""
    return {seat.role for seat in seats_of(person, timezone.localdate(now))}


def people_in_range(actor: Actor) -> QuerySet[Person]:
    """People with a post (past ones too) inside the actor's range; people themselves have no place of their own."""
    return Person.objects.filter(Exists(Post.objects.visible_to(actor).filter(person=OuterRef("pk"))))


def list_people(actor: Actor, *, text: str = "", role: str = "", region: int | None = None) -> QuerySet[Person]:
    """The administrator's list, filtered; order and paging are the page's. The text is a part of the name or the start of the login."""
    posts = Post.objects.visible_to(actor).filter(person=OuterRef("pk"))
    if role:
        posts = posts.filter(role=role)
    if region:
        low, high = range_of(region)
        posts = posts.filter(region__gte=low, region__lte=high)
    found = Person.objects.filter(Exists(posts))
    return found.filter(Q(name__contains=text) | Q(login__prefix=text)) if text else found


def posts_of(actor: Actor, people: Iterable[int]) -> dict[int, list[Post]]:
    """person → posts inside the actor's range, newest first; one query."""
    found: dict[int, list[Post]] = {}
    for post in Post.objects.visible_to(actor).filter(person__in=list(people)).order_by("-starts_on", "pk"):
        found.setdefault(post.person_id, []).append(post)
    return found


def roles_held(person: int, on: date) -> set[str]:
    """Every role that somebody holds or will hold, wherever it is: separation of duties looks over the whole jurisdiction."""
    with entered(system_actor()):
        own = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), person=person).values_list("role", flat=True)
        lent = Delegation.objects.filter(deputy=person, ends_on__gte=on, revoked_at__isnull=True).values_list("post__role", flat=True)
        return {*own, *lent}


def holds_posts_outside(actor: Actor, person: int, on: date) -> bool:
    """Whether a post in force lies outside the actor's range; the walls would hide it from the actor's own query."""
    home = here()
    if actor.low <= home.low and home.high <= actor.high:
        return False  # nothing of this jurisdiction lies outside
    with entered(system_actor()):
        outside = Q(region__lt=actor.low) | Q(region__gt=actor.high)
        return Post.objects.filter(in_force(on), outside, person=person).exists()


def delegations_of(actor: Actor) -> list[Delegation]:
    """Of the seat one sits in: who may act in it, latest first."""
    return list(Delegation.objects.visible_to(actor).filter(post=actor.post).select_related("deputy").order_by("-starts_on", "-pk")[:20])


def last_sign_ins(person: Person, limit: int = 10) -> list[SignIn]:
    return list(SignIn.objects.filter(person=person).order_by("-at", "-pk")[:limit])
