"""Every read on posts, volunteer activities, hours and proofs; each starts at what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from weimin.calendars.clock import due
from weimin.calendars.queries import calendar_for
from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.staffing.models import Activity, ActivityHours, Capacity, Holding, ServicePost, ServiceProof, Worker
from weimin.staffing.rules_volunteering import RECORD_WITHIN, hours_words, minutes_to_next, stars
from weimin.walls.actor import Actor


def record_until(activity: Activity) -> date:
    """The last day on which hours are recorded in time: ten working days after the activity (I-21)."""
    return due(RECORD_WITHIN, activity.ends_at, calendar_for(activity.region)).on


def filter_activities(actor: Actor, chosen: dict[str, str]) -> QuerySet[Activity]:
    """Activities by township; latest first is the caller's order."""
    rows = Activity.objects.visible_to(actor).annotate(people=Count("hours"), minutes=Sum("hours__minutes"))
    return in_region(rows, chosen.get("township", ""))


def activity_lines(rows: list[Any]) -> list[dict[str, Any]]:
    known = names({row.region for row in rows} | {township_of(row.region) for row in rows})
    return [
        {
            "name": row.name, "url": reverse("staffing:activity", args=[row.pk]), "starts_at": row.starts_at, "unit": row.unit,
            "place": f"{known[township_of(row.region)]} {row.place}", "people": row.people, "hours": hours_words(row.minutes or 0),
        }
        for row in rows
    ]  # fmt: skip


def get_activity(actor: Actor, number: int) -> Activity:
    """Activity.DoesNotExist when hidden or missing."""
    return Activity.objects.visible_to(actor).select_related("site").get(pk=number)


def hours_of_activity(actor: Actor, activity: Activity) -> list[ActivityHours]:
    rows = list(ActivityHours.objects.visible_to(actor).filter(activity=activity).select_related("worker").order_by("pk"))
    for row in rows:
        row.activity = activity
    return rows


@dataclass(frozen=True)
class Volunteering:
    """What somebody did as a volunteer: hours (latest first), minutes in all, star level, minutes to the next star, proofs given out."""

    hours: list[ActivityHours]
    minutes: int
    proofs: list[ServiceProof]

    @property
    def stars(self) -> int:
        return stars(self.minutes)

    @property
    def words(self) -> str:
        return hours_words(self.minutes)

    @property
    def to_next(self) -> str:
        missing = minutes_to_next(self.minutes)
        return "" if missing is None else hours_words(missing)


def volunteering_of(actor: Actor, worker: Worker) -> Volunteering:
    """Three queries. The sum counts everything inside the actor's range."""
    rows = ActivityHours.objects.visible_to(actor).filter(worker=worker)
    minutes = rows.aggregate(whole=Sum("minutes"))["whole"] or 0
    latest = list(rows.select_related("activity").order_by("-starts_at", "-pk")[:50])
    return Volunteering(latest, minutes, list(ServiceProof.objects.visible_to(actor).filter(worker=worker).order_by("-pk")))


def hours_between(actor: Actor, worker: Worker, first: datetime, last: datetime) -> list[ActivityHours]:
    """Hours that begin between two moments, first one first."""
    rows = ActivityHours.objects.visible_to(actor).filter(worker=worker, starts_at__gte=first, starts_at__lt=last)
    return list(rows.select_related("activity").order_by("starts_at", "pk"))


def get_proof(actor: Actor, number: int) -> ServiceProof:
    return ServiceProof.objects.visible_to(actor).select_related("worker").get(pk=number)


@dataclass(frozen=True)
class PostLine:
    """A post with who holds it now."""

    post: ServicePost
    holdings: list[Holding]

    @property
    def free(self) -> int:
        return max(0, self.post.places - len(self.holdings))


def posts_of(actor: Actor, site: Site) -> list[PostLine]:
    """The posts of a site that are not ended, each with its holders; two queries."""
    posts = list(ServicePost.objects.visible_to(actor).filter(site=site, ended_on=None).order_by("pk"))
    rows = list(Holding.objects.visible_to(actor).filter(post__in=posts, ends_on=None).select_related("worker").order_by("starts_on", "pk"))
    found = []
    for post in posts:
        post.site = site
        held = [row for row in rows if row.post_id == post.pk]
        for row in held:
            row.post = post
        post.held = len(held)
        found.append(PostLine(post, held))
    return found


def holdings_of(actor: Actor, worker: Worker) -> list[Holding]:
    return list(Holding.objects.visible_to(actor).filter(worker=worker).select_related("post__site", "worker").order_by("ends_on", "-starts_on", "-pk"))


def counts_by_capacity(actor: Actor) -> list[tuple[str, int]]:
    """(capacity, how many people hold a post in it), every capacity in its order; one grouped query."""
    rows = Holding.objects.visible_to(actor).filter(ends_on=None).values_list("capacity").annotate(people=Count("worker", distinct=True)).order_by()
    found = dict(rows)
    return [(str(label), found.get(key, 0)) for key, label in Capacity.choices]


def post_rows(actor: Actor, chosen: dict[str, str]) -> QuerySet[Holding]:
    """Who holds a post now, by township and capacity."""
    rows = Holding.objects.visible_to(actor).filter(ends_on=None).select_related("post__site", "worker")
    rows = in_region(rows, chosen.get("township", ""))
    if chosen.get("capacity") in Capacity.values:
        rows = rows.filter(Q(capacity=chosen["capacity"]))
    return rows


def holding_lines(rows: list[Holding]) -> list[dict[str, Any]]:
    known = names({township_of(row.region) for row in rows})
    return [
        {
            "name": row.worker.name, "url": reverse("staffing:worker", args=[row.worker_id]), "post": row.post.name, "site": row.post.site.name,
            "site_url": reverse("staffing:site", args=[row.post.site_id]), "capacity": str(row.get_capacity_display()), "starts_on": row.starts_on,
            "duties": "；".join(row.post.duties), "township": known[township_of(row.region)],  # text: data
        }
        for row in rows
    ]  # fmt: skip
