"""Who is counted in an indicator of health and who of them reached it: one line for each person, in SQL.

A figure is the sum over the lines of a place; the persons behind a figure are the lines themselves, so that the two cannot differ.
Columns: region, doctor (post, may be null), record (null without one), resident, reached. The walls hold: who may not see
records gets no lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from weimin.health.gathering import MEASURED_TOO, counted_from, uncorrected
from weimin.health.periods import Period, at, period_of, years_before
from weimin.health.standards import standard

PERSON = "p.region, p.doctor, p.record, p.resident"
UNDER_CARE = """c.programme = %(programme)s AND c.region BETWEEN %(low)s AND %(high)s AND c.since_on <= %(until)s
  AND (c.ended_on IS NULL OR c.ended_on >= %(first)s) AND c.end_reason <> 'excluded'"""
# Every care has a record. Joined from the left, so that a sum, which asks for no resident, does not read the records at all.
WHOSE = """LEFT JOIN health_healthrecord h ON h.id = c.record_id"""


@dataclass(frozen=True)
class Lines:
    """A SELECT of lines and its parameters; `low`, `high` and `on` are among them."""

    sql: str
    params: dict[str, Any]


def recorded(low: int, high: int, on: date) -> Lines:
    """建档 (A-05): residents of the register, and whether an active record was opened."""
    return Lines(counted_from(f"SELECT {PERSON}, p.record IS NOT NULL AS reached FROM people p", "people"), at(low, high, on))


def electronic(low: int, high: int, on: date) -> Lines:
    """电子建档 (A-05): the personal information form is filled in here."""
    return Lines(counted_from(f"SELECT {PERSON}, coalesce(p.personal_on <= %(on)s, false) AS reached FROM people p", "people"), at(low, high, on))


def used(low: int, high: int, on: date) -> Lines:
    """使用 (A-05): something was entered within a year."""
    sql = """SELECT h.region, h.doctor, h.id AS record, h.resident_id AS resident,
      coalesce(h.touched_on > %(year_ago)s AND h.touched_on <= %(on)s, false) AS reached
      FROM health_healthrecord h WHERE h.region BETWEEN %(low)s AND %(high)s AND h.opened_on <= %(on)s"""
    return Lines(sql, at(low, high, on, year_ago=years_before(on, 1)))


def under_care(low: int, high: int, on: date, programme: str) -> Lines:
    """年内已管理: who was under care on any day of the year."""
    sql = f"""SELECT c.region, c.doctor, c.record_id AS record, h.resident_id AS resident, true AS reached
      FROM health_care c {WHOSE} WHERE {UNDER_CARE}"""
    return Lines(sql, at(low, high, on, programme=programme))


def visited(condition: str) -> str:
    """Per record: days with a visit, and the quarters they fall in as bits. Several visits of a day are one (A-19)."""
    return f"""SELECT record_id, count(*) AS days, bit_or(1 << (date_part('quarter', "on")::int - 1)) AS quarters FROM (
      SELECT DISTINCT record_id, "on" FROM year_visits WHERE {condition}) d GROUP BY record_id"""


def owed(period: Period) -> tuple[str, dict[str, Any]]:
    """The quarters that a care was open for from the first day to the last, as bits (`rules_calendar.quarters_managed`)."""
    parts: list[str] = ["0"]
    params: dict[str, Any] = {}
    for bit, first, last in period.quarters:
        parts.append(f"(CASE WHEN c.since_on <= %(first{bit})s AND (c.ended_on IS NULL OR c.ended_on >= %(last{bit})s) THEN {bit} ELSE 0 END)")
        params |= {f"first{bit}": first, f"last{bit}": last}
    return " + ".join(parts), params


def regular(low: int, high: int, on: date, programme: str, key: str = "") -> Lines:
    """规范管理 (A-19, A-29, A-45), `rules_calendar.is_regular` for everybody at once; who owes no whole quarter yet is not counted."""
    mask, params = owed(period_of(on))
    sql = f"""SELECT c.region, c.doctor, c.record_id AS record, c.resident_id AS resident,
      coalesce(v.days, 0) >= %(visits)s * bit_count(c.owed::bit(4)) / 4 AND coalesce(v.quarters, 0) & c.owed = c.owed
      AND (c.owed <> 15 OR e.record_id IS NOT NULL) AS reached
      FROM (SELECT c.region, c.doctor, c.record_id, h.resident_id, {mask} AS owed FROM health_care c {WHOSE} WHERE {UNDER_CARE}) c
      LEFT JOIN ({visited("programmes @> jsonb_build_array(%(programme)s::text)")}) v ON v.record_id = c.record_id
      LEFT JOIN examined e ON e.record_id = c.record_id WHERE c.owed > 0"""
    visits = standard(key or programme, on).days("visits_a_year")
    return Lines(counted_from(sql, "year_visits", "examined"), at(low, high, on, programme=programme, visits=visits, **params))


def controlled(low: int, high: int, on: date, programme: str, high_reason: str) -> Lines:
    """控制 (A-19, A-29): the latest visit of the year was at the target and no emergency; 失访 is not reached, nor is who was not visited."""
    latest = f"""SELECT DISTINCT ON (o.care_id) o.care_id, NOT o.emergency AND NOT o.reasons @> jsonb_build_array(%(reason)s::text) AS good
      FROM health_visitoutcome o WHERE o.programme = %(programme)s AND o."on" BETWEEN %(first)s AND %(until)s
        AND o.region BETWEEN %(low)s AND %(high)s AND {uncorrected("o.visit_id")}
      ORDER BY o.care_id, o."on" DESC, o.id DESC"""
    sql = f"""SELECT c.region, c.doctor, c.record_id AS record, h.resident_id AS resident, NOT (c.state = 'lost' AND c.lost_on <= %(on)s) AND coalesce(l.good, false) AS reached
      FROM health_care c {WHOSE} LEFT JOIN ({latest}) l ON l.care_id = c.id WHERE {UNDER_CARE}"""
    return Lines(sql, at(low, high, on, programme=programme, reason=high_reason))


def elderly(low: int, high: int, on: date) -> Lines:
    """老年人健康管理 (A-37): residents from 65 on with a record, examined in the year, the form of the examination filled in whole."""
    sql = f"""SELECT {PERSON}, coalesce(e.whole, false) AS reached FROM people p LEFT JOIN examined e ON e.record_id = p.record WHERE p.birth_on <= %(born)s"""
    born = years_before(on, standard("elderly", on).days("from_age"))
    return Lines(counted_from(sql, "people", "examined"), at(low, high, on, born=born))


def sixty(low: int, high: int, on: date) -> Lines:
    """Plan 3 二（四）: residents from 60 on, a visit in every quarter that is over and, for a whole year, the examination."""
    rule, quarters = standard("key_groups", on), period_of(on).quarters
    mask = sum(bit for bit, _first, _last in quarters)
    sql = f"""SELECT {PERSON},
      coalesce(v.days, 0) >= %(visits)s AND coalesce(v.quarters, 0) & %(mask)s = %(mask)s AND (%(mask)s <> 15 OR e.record_id IS NOT NULL) AS reached
      FROM people p LEFT JOIN ({visited("programmes <> '[]'::jsonb")}) v ON v.record_id = p.record LEFT JOIN examined e ON e.record_id = p.record
      WHERE p.birth_on <= %(born)s"""
    given = {"born": years_before(on, rule.days("from_age")), "mask": mask, "visits": rule.days("visits_a_year") * len(quarters) // 4}
    return Lines(counted_from(sql, "people", "year_visits", "examined"), at(low, high, on, **given))


def measured(low: int, high: int, on: date) -> Lines:
    """首诊测血压 (A-11): residents from 35 on who are under no care for high pressure, measured in the year, at a visit or an examination."""
    taken = " UNION ".join(["SELECT DISTINCT record_id FROM year_visits WHERE systolic IS NOT NULL", *MEASURED_TOO])
    sql = f"""SELECT {PERSON}, v.record_id IS NOT NULL AS reached FROM people p LEFT JOIN ({taken}) v ON v.record_id = p.record
      WHERE p.birth_on <= %(born)s AND NOT EXISTS (SELECT 1 FROM health_care c WHERE c.record_id = p.record AND c.programme = 'hypertension'
        AND c.since_on <= %(until)s AND (c.ended_on IS NULL OR c.ended_on >= %(first)s) AND c.end_reason <> 'excluded')"""
    born = years_before(on, standard("hypertension", on).days("screen_from"))
    return Lines(counted_from(sql, "people", "year_visits"), at(low, high, on, born=born))
