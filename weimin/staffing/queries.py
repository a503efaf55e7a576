"""Every read on people who serve; each starts at what the actor may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import range_of, township_of
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import mask
from weimin.sites.models import Site
from weimin.staffing.models import Appointment, Certificate, Filing, LeadingGroup, Nomination, Worker
from weimin.staffing.rules import Candidates
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

NOT_ENDED = Q(ends_on__isnull=True)
STATE_KINDS = {"nominated": "info", "examined": "info", "chosen": "ok", "refused": "bad", "withdrawn": "off"}


def has_trained_operator(site: int | None, on: date) -> bool:
    """Whether somebody who serves at the site holds a certificate that is valid on a day."""
    if site is None:
        return False
    serving = Appointment.objects.filter(site_id=site or 0, starts_on__lte=on).filter(NOT_ENDED | Q(ends_on__gte=on))
    valid = Certificate.objects.filter(worker_id__in=serving.values("worker_id"), issued_on__lte=on)
    return valid.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on)).exists()


def get_worker(actor: Actor, number: int) -> Worker:
    """Worker.DoesNotExist when hidden or missing."""
    return Worker.objects.visible_to(actor).get(pk=number)


def filter_workers(actor: Actor, chosen: dict[str, str]) -> QuerySet[Worker]:
    """People by township, beginning of the name, and `serving` (yes: holds an appointment, no: holds none); all optional."""
    rows = Worker.objects.visible_to(actor)
    rows = in_region(rows, chosen.get("township", ""))
    if text := chosen.get("text", "").replace("\x00", "").strip():
        rows = rows.filter(name__prefix=text)
    if chosen.get("serving") in ("yes", "no"):
        serving = Appointment.objects.visible_to(actor).filter(NOT_ENDED).values("worker_id")
        rows = rows.filter(pk__in=serving) if chosen["serving"] == "yes" else rows.exclude(pk__in=serving)
    return rows


def with_service(actor: Actor, rows: Iterable[Worker]) -> list[dict[str, Any]]:
    """People as lists show them, phones masked, with what they serve as now; three queries whatever the number."""
    people = list(rows)
    held = Appointment.objects.visible_to(actor).filter(NOT_ENDED, worker__in=people).select_related("site").order_by("pk")
    by_worker: dict[int, list[Appointment]] = {}
    for appointment in held:
        by_worker.setdefault(appointment.worker_id, []).append(appointment)
    trained = Counter(Certificate.objects.visible_to(actor).filter(worker__in=people).values_list("worker_id", flat=True))
    known = names({row.region for row in people} | {township_of(row.region) for row in people})
    return [person_line(actor, row, by_worker.get(row.pk, []), trained[row.pk], known) for row in people]


def person_line(actor: Actor, row: Worker, held: list[Appointment], certificates: int, known: dict[int, str]) -> dict[str, Any]:
    return {
        "name": row.name, "url": reverse("staffing:worker", args=[row.pk]), "phone": mask("phone", row.phone or "", actor.role),
        "township": known[township_of(row.region)], "village": known[row.region], "background": row.background,
        "serving": "；".join(f"{one.site.name} {one.job}" for one in held), "certificates": certificates,  # text: data
    }  # fmt: skip


def rows_for_export(actor: Actor, rows: QuerySet[Worker]) -> Iterator[dict[str, Any]]:
    yield from with_service(actor, rows.order_by("region", "pk")[:100_000])


def workers_near(actor: Actor, region: int) -> QuerySet[Worker]:
    """People of the township around a region, as far as the actor sees them."""
    low, high = range_of(township_of(region)) if region % 10**6 else range_of(region)
    return Worker.objects.visible_to(actor).filter(region__gte=low, region__lte=high).order_by("name", "pk").only("pk", "name", "region")[:500]


def sites_of_worker(actor: Actor, worker: Worker) -> list[Site]:
    """Where somebody is nominated or has served."""
    rows = Site.objects.visible_to(actor).filter(Q(nominations__worker=worker) | Q(appointments__worker=worker))
    return list(rows.distinct().order_by("pk"))


def find_worker(actor: Actor, name: str, phone: str) -> tuple[Worker | None, bool]:
    """(the person with this phone inside the range, whether the name agrees)."""
    found = Worker.objects.visible_to(actor).filter(phone_lookup=hash_for("phone", phone)).order_by("pk").first()
    return found, found is None or found.name == name


def chosen_elsewhere(phone: str, site: int) -> bool:
    """Whether somebody with this phone is chosen for another site anywhere in the jurisdiction.

    One bit out of the whole range: one person, one site holds across townships, which the asking post does not see.
    """
    home = here()
    with entered(system_actor(home.low, home.high)):
        rows = Nomination.objects.filter(state="chosen", worker__phone_lookup=hash_for("phone", phone))
        return rows.exclude(site=site).exists()


def candidates_of(actor: Actor, sites: Iterable[int], plan: int | None = None) -> dict[int, Candidates]:
    """site → how many candidates stand in which state; one grouped query."""
    rows = Nomination.objects.visible_to(actor).filter(site__in=list(sites))
    if plan is not None:
        rows = rows.filter(plan=plan)
    counted: dict[int, dict[str, int]] = {}
    for site, state, number in rows.values_list("site", "state").annotate(number=Count("pk")).order_by():
        counted.setdefault(site, {})[state] = number
    return {site: Candidates(**states) for site, states in counted.items()}


def nominations_of(actor: Actor, site: Site) -> list[Nomination]:
    """Every candidate of a site, first nominated first; all share the one site object, so what it has looked up is looked up once."""
    rows = list(Nomination.objects.visible_to(actor).filter(site=site).select_related("worker", "filing").order_by("pk"))
    for row in rows:
        row.site = site
    return rows


def get_nomination(actor: Actor, number: int) -> Nomination:
    return Nomination.objects.visible_to(actor).select_related("site", "worker").get(pk=number)


def get_site(actor: Actor, number: int) -> Site:
    return Site.objects.visible_to(actor).get(pk=number)


def serving_at(actor: Actor, site: Site) -> list[Appointment]:
    """Who serves at a site now and did before, with the certificates of each; two queries."""
    certificates = Prefetch("worker__certificates", Certificate.objects.visible_to(actor).order_by("-issued_on", "-pk"))
    rows = Appointment.objects.visible_to(actor).filter(site=site).select_related("worker").prefetch_related(certificates)
    found = list(rows.order_by("ends_on", "-starts_on", "-pk"))
    for row in found:
        row.site = site
    return found


@dataclass(frozen=True)
class Service:
    """Everything about one person's service."""

    appointments: list[Appointment]
    nominations: list[Nomination]
    certificates: list[Certificate]


def service_of(actor: Actor, worker: Worker) -> Service:
    return Service(
        list(Appointment.objects.visible_to(actor).filter(worker=worker).select_related("site", "worker").order_by("-starts_on", "-pk")),
        list(Nomination.objects.visible_to(actor).filter(worker=worker).select_related("site", "worker").order_by("-pk")),
        list(Certificate.objects.visible_to(actor).filter(worker=worker).order_by("-issued_on", "-pk")),
    )


def get_group(plan: int) -> LeadingGroup:
    """The leading group of a plan; every post may read the plan. LeadingGroup.DoesNotExist when it names none."""
    return LeadingGroup.objects.prefetch_related("members").get(plan=plan)


def list_groups() -> list[LeadingGroup]:
    return list(LeadingGroup.objects.prefetch_related("members").order_by("pk"))


def get_filing(actor: Actor, number: int) -> Filing:
    return Filing.objects.visible_to(actor).get(pk=number)
