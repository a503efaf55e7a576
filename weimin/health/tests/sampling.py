"""A random sample of people, records, cares and visits for the recounts of indicators, and the recounts themselves in plain Python."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from weimin.health.models import Care, Due, HealthRecord, Visit, VisitOutcome
from weimin.residents.models import Resident
from weimin.residents.tests.builders import make_resident

VILLAGES = (500242001201, 500242001202, 500242100200)
PROGRAMMES = ("hypertension", "diabetes", "mental", "disabled")
ENTERED = datetime(2026, 1, 1, tzinfo=UTC)


def day_of(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def one_person(chance: Random, number: int) -> None:
    region = chance.choice(VILLAGES)
    born = day_of(chance, date(1950, 1, 1), date(1995, 12, 31))
    resident = make_resident(region, f"样本{number}", birth_on=born, id_number="", phone="")
    if chance.random() < 0.1:
        Resident.objects.filter(pk=resident.pk).update(status="dead", status_on=day_of(chance, date(2026, 1, 1), date(2026, 12, 31)))
    if chance.random() < 0.85:
        record = make_record(chance, resident, number)
        for programme in chance.sample(PROGRAMMES, chance.randrange(4)):
            make_care(chance, record, programme)
        make_visits(chance, record)


def make_record(chance: Random, resident: Resident, number: int) -> HealthRecord:
    opened = day_of(chance, date(2024, 1, 1), date(2026, 11, 30))
    away = day_of(chance, opened, date(2026, 12, 31)) if chance.random() < 0.1 else None
    return HealthRecord.objects.create(
        resident=resident, region=resident.region, number=f"{resident.region}{number:05d}", opened_on=opened, opened_by="样本", doctor=chance.choice([1, 2]),
        state="inactive" if away else "active", inactive_on=away, inactive_reason="moved" if away else "",
        personal_on=day_of(chance, opened, date(2026, 12, 31)) if chance.random() < 0.7 else None,
        touched_on=day_of(chance, date(2025, 6, 1), date(2026, 12, 31)) if chance.random() < 0.7 else None,
    )  # fmt: skip


def make_care(chance: Random, record: HealthRecord, programme: str) -> Care:
    since = day_of(chance, date(2024, 7, 1), date(2026, 10, 31))
    state = chance.choice(["managed", "managed", "managed", "lost", "ended", "suspected"])
    ended = day_of(chance, since, date(2026, 12, 31)) if state == "ended" else None
    lost = since + timedelta(days=120) if state == "lost" else None
    return Care.objects.create(
        record=record, region=record.region, programme=programme, state=state, since_on=None if state == "suspected" else since, ended_on=ended,
        lost_on=lost, lost_reason="away" if lost else "", end_reason=chance.choice(["refused", "excluded"]) if ended else "", doctor=record.doctor,
    )  # fmt: skip


def make_visits(chance: Random, record: HealthRecord) -> None:
    """Quarterly visits with gaps, two on one day now and then, one corrected to another day; an examination for most."""
    cares = list(record.cares.all())
    for year, month in product((2025, 2026), (2, 5, 8, 11)):
        for _again in range(chance.choice([0, 1, 1, 1, 1, 1, 1, 2])):
            make_visit(chance, record, cares, date(year, month, chance.choice([3, 3, 17])))
    first = record.visits.first()
    if first and chance.random() < 0.3:
        make_visit(chance, record, cares, first.on + timedelta(days=40), corrects=first)
    for year in (2025, 2026):
        if chance.random() < 0.3:
            continue
        done = date(year, 4, 9)
        Due.objects.create(record=record, region=record.region, kind="examination", from_on=done, due_on=done, state="done", done_on=done)


def make_visit(chance: Random, record: HealthRecord, cares: list[Care], on: date, **more: Any) -> None:
    chosen = [care for care in cares if chance.random() < 0.9]
    programmes = [care.programme for care in chosen]
    visit = Visit.objects.create(
        record=record,
        region=record.region,
        on=on,
        way="home",
        programmes=programmes,
        doctor_name="样本",
        entered_at=ENTERED,
        systolic=130 if on.month == 8 else None,
        **more,
    )
    for care in chosen:
        high = {"hypertension": "pressure_high", "diabetes": "glucose_high"}.get(care.programme, "risk_high")
        good = chance.random() < 0.6
        VisitOutcome.objects.create(
            visit=visit, care=care, region=record.region, programme=care.programme, on=on, outcome="satisfied" if good else "unsatisfied",
            emergency=chance.random() < 0.05, reasons=[] if good else [high], next_on=on + timedelta(days=90), standard_from=date(2017, 2, 28),
        )  # fmt: skip


def sample(people: int, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    for number in range(people):
        one_person(chance, number)


class World:
    """Everything of the sample in memory."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.residents = list(Resident.objects.all())
        self.records = {row.resident_id: row for row in HealthRecord.objects.all()}
        self.cares = list(Care.objects.select_related("record"))
        visits = list(Visit.objects.all())
        replaced = {row.corrects_id for row in visits}
        self.visits = [row for row in visits if row.pk not in replaced]
        self.outcomes = [row for row in VisitOutcome.objects.order_by("on", "pk") if row.visit_id not in replaced]
        self.examined: dict[int, set[int]] = defaultdict(set)
        for row in Due.objects.filter(kind="examination", state="done"):
            self.examined[row.done_on.year].add(row.record_id)

    def living(self) -> list[Resident]:
        return [row for row in self.residents if row.status == "living" or row.status_on > self.on]

    def record_of(self, resident: Resident) -> HealthRecord | None:
        """The record that was active on the day."""
        row = self.records.get(resident.pk)
        return row if row and row.opened_on <= self.on and (row.inactive_on is None or row.inactive_on > self.on) else None

    def under_care(self, programme: str, first: date, until: date) -> list[Care]:
        return [
            row for row in self.cares
            if row.programme == programme and row.since_on and row.since_on <= until and (row.ended_on is None or row.ended_on >= first) and row.end_reason != "excluded"
        ]  # fmt: skip
