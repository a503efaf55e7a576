"""Who plays in a story: people in posts, each with a card on the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from browser.ground import inside
from weimin.accounts.models import Person, Post
from weimin.accounts.queries import actor_in, seats_of
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Part:
    """Somebody in the story. `name` is what the others read; `role` and `region` are their post."""

    key: str
    name: str
    role: str
    region: int


@dataclass(frozen=True)
class Seated:
    part: Part
    post: int
    actor: Actor


def cast(jurisdiction: int, parts: list[Part]) -> dict[str, Seated]:
    """Enters the people and marks the jurisdiction as a demonstration, so that one click on a card signs in."""
    seated, cards = {}, []
    with inside(jurisdiction):
        for part in parts:
            person = Person.objects.create(login=f"story-{part.key}", name=part.name, demonstration=True)
            post = Post.objects.create(person=person, role=part.role, region=part.region, starts_on=date(2020, 1, 1))
            seated[part.key] = Seated(part, post.pk, actor_in(person, seats_of(person, date.today())[0]))
            cards.append({"post": post.pk, "name": part.name, "role": part.role, "title": part.name, "place": "", "says": ""})
    Jurisdiction.objects.filter(code=jurisdiction).update(demonstration=True, cards=cards)
    return seated
