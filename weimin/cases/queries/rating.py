"""Every read of ratings. Who gave one, and in which case, leaves this module for the desk that calls back only (C-31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from weimin.calendars.clock import ZONE
from weimin.cases.models import Case, Rating, RatingState
from weimin.cases.rules_rating import CHANNELS, GRADES, TAGS, is_bad, sees_rater
from weimin.flows.listing import Order, page_over
from weimin.regions.queries import names
from weimin.regions.rules import Level, level, range_of, township_of
from weimin.secrets.masking import mask
from weimin.ui.paging import Page
from weimin.walls.actor import Actor

NEWEST = Order("rated_at", falling=True)
MOST_EXPORTED = 100_000
KIND_OF_STATE = {
    "kept": "ok", "contact": "bad", "mend": "warn", "appeal": "info", "call_back": "info", "closed": "ok", "unverified": "off", "withdrawn": "off",
}  # fmt: skip
KIND_OF_GRADE = {5: "ok", 4: "ok", 3: "info", 2: "bad", 1: "bad"}


def get_rating(actor: Actor, number: int) -> Rating:
    """Rating.DoesNotExist when hidden or missing."""
    return Rating.objects.visible_to(actor).select_related("case").get(pk=number)


def rating_of(actor: Actor, case: Case) -> Rating | None:
    """The rating of a case as far as the actor may connect the two."""
    found = Rating.objects.visible_to(actor).filter(case=case.pk).first()
    return found if found is not None and sees_rater(actor.role) else None


def is_rated(case: Case) -> bool:
    return Rating.objects.filter(case=case.pk).exists()


def in_place(actor: Actor) -> QuerySet[Rating]:
    """Ratings of the actor's range, with an equality for villages and townships, so that an index gives the order."""
    found = Rating.objects.visible_to(actor)
    if actor.low == actor.high:
        return found.filter(place=actor.low)
    if actor.low > 0 and (actor.low, actor.high) == range_of(actor.low) and level(actor.low) == Level.TOWNSHIP:
        return found.filter(township=actor.low // 1000)
    return found


def filter_ratings(actor: Actor, chosen: dict[str, str]) -> QuerySet[Rating]:
    """Ratings by township, grade (1 to 5, or bad), state, and the days between which they were given; all optional."""
    rows = in_place(actor)
    township = chosen.get("township", "")
    if len(township) == 12 and township.isascii() and township.isdigit():
        rows = rows.filter(township=int(township) // 1000)
    grade = chosen.get("grade", "")
    if grade == "bad":
        rows = rows.filter(grade__lte=2)
    elif grade in {str(number) for number in GRADES}:
        rows = rows.filter(grade=int(grade))
    if chosen.get("state") in RatingState.values:
        rows = rows.filter(state=chosen["state"])
    if since := day_in(chosen.get("since", "")):
        rows = rows.filter(rated_at__gte=at_midnight(since))
    if until := day_in(chosen.get("until", "")):
        rows = rows.filter(rated_at__lt=at_midnight(until + timedelta(days=1)))
    return rows


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def at_midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZONE)


def page_of_ratings(rows: QuerySet[Rating], cursor: str, size: int = 25) -> Page:
    return page_over([rows.select_related("case")], NEWEST, cursor, size)


def lines(actor: Actor, rows: Iterable[Rating]) -> list[dict[str, Any]]:
    """Ratings as lists show them; the township only, without case and rater, but for the desk that calls back."""
    ratings = list(rows)
    known = names({row.region for row in ratings} | {township_of(row.region) for row in ratings})
    return [line(actor, row, known) for row in ratings]


def line(actor: Actor, row: Rating, known: dict[int, str]) -> dict[str, Any]:
    open_to = sees_rater(actor.role)
    return {
        "item": row.item_name, "url": reverse("cases:rating", args=[row.pk]), "grade": (str(GRADES[row.grade]), KIND_OF_GRADE[row.grade]),
        "grade_words": str(GRADES[row.grade]), "tags": "、".join(str(TAGS[tag]) for tag in row.tags if tag in TAGS),  # text: data
        "words": row.words, "channel": str(CHANNELS.get(row.channel, row.channel)), "at": row.rated_at.astimezone(ZONE).date(),
        "township": known[township_of(row.region)], "village": known[row.region] if open_to else "",
        "case": row.case.number if open_to else "", "state": (str(row.get_state_display()), KIND_OF_STATE[row.state]),
        "state_words": str(row.get_state_display()), "mend_by": row.mend_by,
    }  # fmt: skip


def rows_for_export(actor: Actor, rows: QuerySet[Rating]) -> Iterator[dict[str, Any]]:
    yield from lines(actor, rows.select_related("case").order_by("-rated_at", "-pk")[:MOST_EXPORTED])


def rater_of(actor: Actor, rating: Rating) -> dict[str, Any] | None:
    """Who gave it and in which case: {"name", "phone" (masked), "case"}; None for those who may not know."""
    if not sees_rater(actor.role):
        return None
    phone = mask("phone", rating.rater_phone or "", actor.role)
    return {"name": rating.rater_name, "phone": phone, "case": rating.case, "named": rating.named, "bad": is_bad(rating.grade)}


def place_of(actor: Actor, rating: Rating) -> str:
    """The village, or of a bad rating only the township: fewer than a handful of people are rated in a village on a day."""
    region = rating.region if sees_rater(actor.role) else township_of(rating.region)
    return names({region})[region]
