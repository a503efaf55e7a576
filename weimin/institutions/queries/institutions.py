"""One institution and lists of them: posts, villages, stars, inspections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from weimin.institutions.models import Catchment, Inspection, InspectionRound, Institution, MonthlyReport, NamedStar, PostKind, Rating, StaffPost
from weimin.institutions.rules_posts import kind_of, vacant
from weimin.institutions.tables import post_words
from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.staffing.models import Appointment
from weimin.walls.actor import Actor

HELD = Q(ends_on__isnull=True)


def get_institution(actor: Actor, number: int) -> Institution:
    """Institution.DoesNotExist when it is hidden or missing."""
    return Institution.objects.visible_to(actor).select_related("site", "belongs_to__site").get(pk=number)


def institution_of(actor: Actor, site: Site) -> Institution | None:
    return Institution.objects.visible_to(actor).select_related("site").filter(site=site).first()


def filter_institutions(actor: Actor, chosen: dict[str, str]) -> QuerySet[Institution]:
    """By kind, township and beginning of the name; all optional."""
    rows = Institution.objects.visible_to(actor).select_related("site")
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    rows = in_region(rows, chosen.get("township", ""))
    if text := chosen.get("text", "").replace("\x00", "").strip():
        rows = rows.filter(site__name__prefix=text)
    return rows


def sites_without(actor: Actor, most: int = 50) -> list[Site]:
    """Sites of the institutions' tier of which nothing is entered here yet."""
    rows = Site.objects.visible_to(actor).filter(tier="institution").exclude(state="closed")
    return list(rows.exclude(pk__in=Institution.objects.visible_to(actor).values("site")).order_by("region", "pk")[:most])


@dataclass(frozen=True)
class PostLine:
    """Posts of one kind. `reported`: the number is the institution's own, `staffing` keeps nobody of this kind here."""

    kind: str
    label: Any
    approved: int
    filled: int
    reported: bool

    @property
    def vacant(self) -> int:
        return vacant(self.approved, self.filled)


def posts_of(actor: Actor, rows: Iterable[Institution], on: date) -> dict[int, list[PostLine]]:
    """Institution → its posts by kind: filled from appointments where there are any of the kind, else as reported. Two queries."""
    found = {row.site_id: row.pk for row in rows}
    serving: dict[tuple[int, str], set[int]] = defaultdict(set)
    words = post_words(on)
    held = Appointment.objects.visible_to(actor).filter(HELD | Q(ends_on__gt=on), site__in=list(found), starts_on__lte=on)
    for site, worker, job in held.values_list("site_id", "worker_id", "job"):
        serving[found[site], kind_of(job, words)].add(worker)
    kept = {(post.institution_id, post.kind): post for post in StaffPost.objects.visible_to(actor).filter(institution__in=list(found.values()))}
    return {number: [post_line(kind, kept.get((number, kind)), serving.get((number, kind), set())) for kind in PostKind.values] for number in found.values()}


def post_line(kind: str, post: StaffPost | None, serving: set[int]) -> PostLine:
    own = (post.reported or 0) if post else 0
    return PostLine(kind, PostKind(kind).label, post.approved if post else 0, len(serving) or own, not serving and own > 0)


def villages_of(actor: Actor, institution: Institution) -> list[tuple[int, str]]:
    """(code, name) of the villages that it answers for."""
    codes = list(Catchment.objects.visible_to(actor).filter(institution=institution).order_by("region").values_list("region", flat=True))
    known = names(codes)
    return [(code, known[code]) for code in codes]


def named_stars(actor: Actor, rows: Iterable[Institution], on: date) -> dict[int, NamedStar]:
    """Institution → the star given to it that holds on a day, the latest one. One query."""
    stars = NamedStar.objects.visible_to(actor).filter(institution__in=[row.pk for row in rows], granted_on__lte=on)
    return {star.institution_id: star for star in stars.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).order_by("granted_on", "pk")}


def latest_rounds(actor: Actor, rows: Iterable[Institution], on: date) -> dict[int, InspectionRound]:
    """Institution → the last look of the inspectors up to a day. One query."""
    rounds = InspectionRound.objects.visible_to(actor).filter(institution__in=[row.pk for row in rows], held_on__lte=on)
    return {one.institution_id: one for one in rounds.order_by("institution", "-held_on", "-pk").distinct("institution")}


def published_stars(actor: Actor, rows: Iterable[Institution]) -> dict[int, Rating]:
    """Institution → its last published rating. One query."""
    ratings = Rating.objects.visible_to(actor).filter(institution__in=[row.pk for row in rows], state="published")
    return {one.institution_id: one for one in ratings.order_by("institution", "-year").distinct("institution")}


def inspections_of(actor: Actor, institution: Institution) -> list[Inspection]:
    return list(Inspection.objects.visible_to(actor).filter(institution=institution).order_by("-planned_on", "-pk"))


def ratings_of(actor: Actor, institution: Institution) -> list[Rating]:
    return list(Rating.objects.visible_to(actor).filter(institution=institution).order_by("-year", "-pk"))


def reports_of(actor: Actor, institution: Institution, most: int = 12) -> list[MonthlyReport]:
    return list(MonthlyReport.objects.visible_to(actor).filter(institution=institution).order_by("-month")[:most])


def lines(actor: Actor, rows: Iterable[Institution], on: date) -> list[dict[str, Any]]:
    """Institutions as the list shows them; five queries whatever the number."""
    found = list(rows)
    known = names({row.region for row in found} | {township_of(row.region) for row in found})
    rounds, named, rated = latest_rounds(actor, found, on), named_stars(actor, found, on), published_stars(actor, found)
    posts = posts_of(actor, found, on)
    return [line(row, known, rounds.get(row.pk), named.get(row.pk), rated.get(row.pk), posts[row.pk], on) for row in found]


def line(
    row: Institution, known: dict[int, str], last: InspectionRound | None, star: NamedStar | None, rated: Rating | None, posts: list[PostLine], on: date
) -> dict[str, Any]:
    return {
        "pk": row.pk, "name": row.site.name, "url": reverse("institutions:institution", args=[row.pk]), "kind": row.get_kind_display(),
        "township": known[township_of(row.region)], "last": last, "unified": last, "star": star, "rated": rated, "insured": row.is_insured(on),
        "informed": row.is_informed(on), "doctors": sum(post.filled for post in posts if post.kind == PostKind.DOCTOR),
    }  # fmt: skip
