# text: data
"""What community doctors do in the demonstration: records opened, forms filled in, people taken under care and visited by the quarter."""

from __future__ import annotations

from typing import Any

from weimin.demonstration.stage import Stage
from weimin.health.models import Care, HealthRecord
from weimin.residents.models import Resident
from weimin.walls.session import entered

RECORDS = 20  # residents of each community with a record
UNDER_CARE = 6
VISITED_DAYS_AGO = (205, 115, 25)
OPENED_DAYS_AGO, FORM_DAYS_AGO, FOUND_DAYS_AGO = 240, 238, 236
# systolic of the three visits; an empty place was missed, which the quarter shows; three times the same is asked about
PRESSURES = [("138", "134", "130"), ("152", "146", "136"), ("148", "", "144"), ("136", "136", "136"), ("162", "158", "152"), ("139", "137", "")]


def follow(stage: Stage, villages: list[int]) -> None:
    for village in villages:
        records = open_records(stage, village)
        for record, pressures in zip(records[:UNDER_CARE], PRESSURES, strict=True):
            take_care(stage, ("doctor", village), record, pressures)
        look_after(stage, ("doctor", village), records[UNDER_CARE + 1 :])
    lose(stage, ("doctor", villages[-1]), records[UNDER_CARE - 1])


def look_after(stage: Stage, doctor: tuple[str, int], records: list[HealthRecord]) -> None:
    """An elderly person is assessed and visited by the quarter; somebody's pressure is high at the yearly measuring."""
    elderly, measured = records[:2]
    taken = {"programme": "elderly", "found_on": day(stage, 100), "verdict": "confirmed", "confirmed_at": "", "grade": ""}
    stage.act(doctor, "health.screen", taken, 100, target=elderly.pk)
    scores = {"eating": "0", "washing": "1", "dressing": "0", "toilet": "1", "moving": "1"}
    stage.act(doctor, "health.assess_self_care", {"on": day(stage, 99), **scores}, 99, target=elderly.pk)
    stage.act(doctor, "health.measure", {"on": day(stage, 8), "systolic": "146", "diastolic": "88"}, 8, target=measured.pk)


def lose(stage: Stage, doctor: tuple[str, int], record: HealthRecord) -> None:
    with entered(stage.whole):
        care = Care.objects.get(record=record, programme="hypertension")
    stage.act(doctor, "health.lose_track", {"on": day(stage, 40), "why": "away", "note": "去青岛打工，电话停机"}, 40, target=care.pk)


def day(stage: Stage, days_ago: int) -> str:
    return stage.moment(days_ago).date().isoformat()


def open_records(stage: Stage, village: int) -> list[HealthRecord]:
    """The oldest residents first; two of three have their personal information form filled in."""
    doctor = ("doctor", village)
    with entered(stage.whole):
        people = list(Resident.objects.filter(region=village, status="living").order_by("birth_on", "pk")[:RECORDS])
    opened = stage.moment(OPENED_DAYS_AGO).date().isoformat()
    for one in people:
        stage.act(doctor, "health.open_record", {"opened_on": opened}, OPENED_DAYS_AGO, target=one.pk)
    with entered(stage.whole):
        found = HealthRecord.objects.filter(resident__in=people).in_bulk(field_name="resident_id")
    records = [found[one.pk] for one in people]
    for place, record in enumerate(records):
        if place % 3:
            stage.act(doctor, "health.update_personal", {"blood": "5"}, FORM_DAYS_AGO, target=record.pk)
    return records


def take_care(stage: Stage, doctor: tuple[str, int], record: HealthRecord, pressures: tuple[str, ...]) -> None:
    """One patient with high blood pressure, confirmed already, visited each quarter."""
    found = {"programme": "hypertension", "found_on": stage.moment(FOUND_DAYS_AGO).date().isoformat(), "verdict": "confirmed", "confirmed_at": "德城区人民医院"}
    stage.act(doctor, "health.screen", found | {"grade": "1 级"}, FOUND_DAYS_AGO, target=record.pk)
    for days_ago, systolic in zip(VISITED_DAYS_AGO, pressures, strict=True):
        if systolic:
            visit: dict[str, Any] = {
                "on": stage.moment(days_ago).date().isoformat(), "way": "home", "systolic": systolic, "diastolic": "84", "adherence": "1",
                "hypertension_symptoms": ["1"], "medicines": "氨氯地平 每天1次 每次5mg",
            }  # fmt: skip
            stage.act(doctor, "health.record_visit", visit, days_ago, target=record.pk)
