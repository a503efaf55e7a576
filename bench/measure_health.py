"""A district's health: visits over HTTP, today's list and the record page in the worker, and all figures of a day.

A large district (a million residents, 250,000 under care, four million visits) beside one of a hundredth; pages in turn, as in `measure_cases`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.test import Client
from django.utils import timezone

from bench import fill_health, ground
from bench.country import COUNTY, inside, seated, signed_in
from bench.measure_cases import SMALL_COUNTY, cookies_of, in_turn, note, pressing, visiting
from bench.serving import served
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds
from weimin.health.models import HealthRecord
from weimin.indicators.storing import store_day
from weimin.regions.models import Region
from weimin.walls.session import entered

CLIENTS = 8
VISITS_A_SECOND, DAY_MOST = 40, 20
DAYS = 40
PATIENTS = 1_000  # of each township that is visited
VISIT = {"way": "home", "diastolic": "82", "adherence": "1", "hypertension_symptoms": ["1"], "medicines": "氨氯地平 每天1次 每次5mg"}


@dataclass(frozen=True)
class Place:
    """A district: its visits, what the day's figures took, clients by post, a patient's record, and per pressing client cookies and patients."""

    code: int
    visits: int
    day: float
    clients: dict[str, Client]
    record: int
    sessions: list[dict[str, str]]
    patients: list[list[dict[str, Any]]]


def measure(sizes: Sizes) -> Iterator[Line]:
    few, many = (prepared(code, total) for code, total in zip((SMALL_COUNTY, COUNTY), sizes.crowd, strict=True))
    yield Line("health", f"all indicators of a day, {many.visits:,} visits", many.day, "s", ceiling=DAY_MOST)
    yield from reading(few, many, sizes)
    yield from writing(few, many, sizes)
    yield Line("health", "load of the machine meanwhile (others at work when far above 3)", os.getloadavg()[0], "")


def prepared(code: int, total: int) -> Place:
    """The district with its residents and their records; what is there already is not made again."""
    now = timezone.now()
    today = timezone.localdate(now)
    with inside(code):
        note("residents", code, seconds(lambda: ground.fill(total)))
        visits = [0]
        note("records and visits", code, seconds(lambda: visits.append(fill_health.fill(today))))
        day = seconds(lambda: store_day(today, now))
        townships = list(Region.objects.filter(level=4, code__gt=code, code__lt=code + 10**6).order_by("code").values_list("code", flat=True)[:CLIENTS])
        pressed = [pressing_in(township, today) for township in townships]
        village = pressed[0][2].region
        posts = {"doctor": ("doctor", village), "institution": ("institution", townships[0]), "bureau": ("health_bureau", code)}
        clients = {words: signed_in(seated(*post)[0]) for words, post in posts.items()}
        return Place(code, visits[-1], day, clients, pressed[0][2].pk, [one[0] for one in pressed], [one[1] for one in pressed])


def pressing_in(township: int, today: date) -> tuple[dict[str, str], list[dict[str, Any]], HealthRecord]:
    """Cookies of the township's institution, the visits that one client records there, and the first patient."""
    post, actor = seated("institution", township)
    with entered(actor):
        records = list(HealthRecord.objects.visible_to(actor).filter(touched_on__isnull=False).exclude(cares__programme="diabetes").order_by("pk")[:PATIENTS])
    days = [today - timedelta(days=ago) for ago in range(DAYS)]  # a person is visited once a day
    visits = [
        {"_record": row.pk, "on": str(on), "systolic": str(112 + (row.pk * 7 + on.day) % 60), **VISIT} for on in days for row in records if row.touched_on != on
    ]
    return {"institution": cookies_of(signed_in(post))}, visits, records[0]


def reading(few: Place, many: Place, sizes: Sizes) -> Iterator[Line]:
    for post in ("doctor", "institution", "bureau"):
        for page, address in (("today's list", "/health/today/"), ("record page", "/health/{}/"), ("list of records", "/health/")):
            small, large = (visiting(place.clients[post], address.format(place.record)) for place in (few, many))
            yield from in_turn("health", f"{page}, {post}", small, large, f"at {few.visits:,} visits", sizes)


def share(place: Place, turn: int, sizes: Sizes) -> list[list[dict[str, Any]]]:
    """The visits of one turn, for each client: none of them was recorded in a turn before."""
    return [own[len(own) * turn // sizes.repeats : len(own) * (turn + 1) // sizes.repeats] for own in place.patients]


def writing(few: Place, many: Place, sizes: Sizes) -> Iterator[Line]:
    """Visits over HTTP, the small and the large district in turn; nobody is visited twice in a turn."""
    steps = [["institution", "/act/health.record_visit/{_record}/", {}]]
    with served("weimin.config.wsgi:application", "weimin.config.settings", "/healthz") as port:
        job = {"port": port, "steps": steps, "seconds": sizes.seconds}
        turns = [
            [pressing(job | {"clients": place.sessions, "people_of": share(place, turn, sizes)}) for place in (few, many)] for turn in range(sizes.repeats)
        ]
    beside, ours = (median(turn[side]["rate"] for turn in turns) for side in (0, 1))
    late = median(turn[1]["p95"] for turn in turns)
    words = f"visits recorded over HTTP, {CLIENTS} clients"
    yield Line("health", f"{words}, {many.visits:,} visits there", ours, "/s", beside, f"at {few.visits:,}", bottom=VISITS_A_SECOND)
    yield Line("health", f"{words}: p95", late, "ms")
