# text: data
"""Invented people in posts, always the same ones; every one is marked as demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from weimin.accounts.models import Person, Post
from weimin.accounts.queries import actor_in, seats_of
from weimin.walls.actor import Actor

SURNAMES = "冉田白石彭陈杨张李王何黄周吴徐刘罗谭向任"  # text: data
GIVEN = [
    "建国",
    "秀兰",
    "光明",
    "小红",
    "志强",
    "桂芳",
    "永福",
    "晓燕",
    "德贵",
    "玉梅",
    "国庆",
    "春花",
    "文斌",
    "素珍",
    "家宝",
    "丽华",
    "胜利",
    "海棠",
    "长林",
]  # text: data


def name_of(number: int) -> str:
    """The number-th invented name; 380 before one comes again."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7 + number // len(SURNAMES)) % len(GIVEN)]


@dataclass(frozen=True)
class Seated:
    """A demonstration person in a post, ready to act."""

    post: Post
    actor: Actor


def seat(number: int, role: str, region: int, *, title: str, unit: str, since: date, today: date) -> Seated:
    """A person with one post since a day, signed in by one click only (no password)."""
    person = Person.objects.create(login=f"demo-{role}-{number}", name=name_of(number), demonstration=True)
    post = Post.objects.create(person=person, role=role, region=region, title=title, unit=unit, starts_on=since)
    return Seated(post, actor_in(person, seats_of(person, today)[0], channel="web"))
