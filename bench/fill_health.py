"""Health records, care, visits and what is due by the million, as years of a district would leave them: INSERT … SELECT inside the server.

Every resident has a record; every fourth is under care for high blood pressure, every sixteenth for diabetes as well, and was visited by
the quarter for four years (`VISITS`): four visits for each resident there is. Constraints hold; the latest visit and what is due agree.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from bench.country import peer
from bench.fill_cases import quickly
from bench.installation import PEER

VISITS, QUARTER = 16, 91
RECORDS = """INSERT INTO health_healthrecord (region, resident_id, number, opened_on, opened_by, state, inactive_reason, inactive_note, personal, personal_on, touched_on)
SELECT region, id, (region / 1000000)::text || lpad((region / 1000 %% 1000)::text, 3, '0') || lpad((region %% 1000)::text, 3, '0')
    || lpad((row_number() OVER (PARTITION BY region ORDER BY id))::text, 5, '0'),
  %(today)s::date - 1500, '张三', 'active', '', '', '{"blood": "5", "education": "8"}', CASE WHEN id %% 5 > 0 THEN %(today)s::date - 1400 END,
  CASE WHEN id %% 4 = 0 THEN %(today)s::date - (id / 4 %% 91)::int END
FROM residents_resident WHERE status = 'living'"""
CARE = """INSERT INTO health_care (region, record_id, programme, state, grade, found_on, confirmed_on, confirmed_at, since_on, end_reason, lost_reason, target,
  last_on, last_outcome, next_on)
SELECT h.region, h.id, ill.programme, 'managed', '', %(today)s::date - 1480, %(today)s::date - 1475, '县人民医院', %(today)s::date - 1470, '', '', '{}',
  h.touched_on, CASE WHEN h.resident_id %% 12 = 0 THEN 'unsatisfied' ELSE 'satisfied' END, h.touched_on + 91
FROM health_healthrecord h, LATERAL (SELECT 'hypertension' AS programme UNION ALL SELECT 'diabetes' WHERE h.resident_id %% 16 = 0) ill WHERE h.resident_id %% 4 = 0"""
MADE = """INSERT INTO health_visit (region, record_id, "on", way, programmes, systolic, diastolic, pulse, weight, fasting, findings, medication, doctor_name, entered_at)
SELECT h.region, h.id, h.touched_on - back * %(quarter)s, CASE WHEN back %% 3 = 0 THEN 'home' ELSE 'clinic' END,
  CASE WHEN h.resident_id %% 16 = 0 THEN '["hypertension", "diabetes"]' ELSE '["hypertension"]' END::jsonb,
  118 + (h.resident_id * 7 + back * 11) %% 40, 70 + (h.resident_id + back) %% 18, 72, 62.5, CASE WHEN h.resident_id %% 16 = 0 THEN 6.1 + (back %% 12) / 10.0 END,
  '{"hypertension_symptoms": ["1"], "adherence": "1", "smoking": 0, "drinking": 0}', '[{"name": "氨氯地平", "use": "每天1次 每次5mg"}]', '张三',
  (h.touched_on - back * %(quarter)s)::timestamptz + interval '11 hours'
FROM health_healthrecord h, generate_series(0, %(visits)s - 1) AS back WHERE h.resident_id %% 4 = 0 ORDER BY back DESC, h.id"""
SAID = """INSERT INTO health_visitoutcome (region, visit_id, care_id, programme, "on", outcome, refer, emergency, reasons, next_on, standard_from)
SELECT v.region, v.id, c.id, c.programme, v."on", CASE WHEN c.programme = 'hypertension' AND v.systolic >= 140 THEN 'unsatisfied' ELSE 'satisfied' END, false, false,
  CASE WHEN c.programme = 'hypertension' AND v.systolic >= 140 THEN '["pressure_high"]' ELSE '[]' END::jsonb, v."on" + 91, date '2017-02-28'
FROM health_visit v JOIN health_care c ON c.record_id = v.record_id ORDER BY v.id"""
DONE = """INSERT INTO health_due (region, record_id, kind, programmes, from_on, due_on, reason, urgent, state, done_on, on_time)
SELECT v.region, v.record_id, 'visit', v.programmes, v."on" - 14, v."on" + 10, '', false, 'done', v."on", true FROM health_visit v WHERE v."on" > %(today)s::date - 400
UNION ALL SELECT h.region, h.id, 'examination', '[]', %(today)s::date - 300, %(today)s::date - 100, '', false, 'done', %(today)s::date - 200, true
FROM health_healthrecord h WHERE h.resident_id %% 8 = 0"""
OWED = """INSERT INTO health_due (region, record_id, kind, programmes, from_on, due_on, reason, urgent, state)
SELECT h.region, h.id, 'visit', '["hypertension"]', h.touched_on + 61, h.touched_on + 91, '', false, 'open' FROM health_healthrecord h WHERE h.resident_id %% 4 = 0"""
LADEN = (("health_healthrecord", [RECORDS]), ("health_care", [CARE]), ("health_visit", [MADE]), ("health_visitoutcome", [SAID]), ("health_due", [DONE, OWED]))


def fill(today: date) -> int:
    """What hangs on the residents of the current jurisdiction; how many visits there are then. Nothing is added where records are already."""
    given: dict[str, Any] = {"today": today, "visits": VISITS, "quarter": QUARTER}
    with peer().cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM health_healthrecord)")
        empty = not cursor.fetchone()[0]
    for table, statements in LADEN if empty else ():
        with transaction.atomic(using=PEER), quickly(table) as cursor:
            for statement in statements:
                cursor.execute(statement, given)
        with peer().cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    with peer().cursor() as cursor:
        cursor.execute("SELECT count(*) FROM health_visit")
        return int(cursor.fetchone()[0])
