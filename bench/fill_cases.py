"""Cases by the thousand or million, as years of a county would leave them: INSERT … SELECT inside the server, with steps and papers.

About three in a hundred are open, spread over the desks; the others are archived or ended early. Received over three years
before `now`, over the villages of the jurisdiction. Everything stored is sound: numbers carry their check digit, constraints hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, connections, transaction

from bench.country import peer
from bench.installation import PEER
from weimin.catalogue.models import ItemVersion
from weimin.regions.models import Region
from weimin.secrets.cipher import seal

SURNAMES, GIVEN = "冉田彭杨张李王石白何", "桂兰小红大山秀英建国德明世平玉梅光荣永福"
CHECK = """CREATE OR REPLACE FUNCTION pg_temp.case_number(body text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
DECLARE product int := 10; total int; place int;
BEGIN
  FOR place IN 1..20 LOOP
    total := (substr(body, place, 1)::int + product) % 10;
    IF total = 0 THEN total := 10; END IF;
    product := total * 2 % 11;
  END LOOP;
  RETURN body || ((11 - product) % 10);
END $f$"""
DRAFT = """CREATE TEMP TABLE filled ON COMMIT DROP AS
SELECT n, (%(places)s::bigint[])[1 + n %% %(villages)s] AS region, (%(versions)s::bigint[])[1 + n * 7 %% %(items)s] AS version,
  (%(codes)s::text[])[1 + n * 7 %% %(items)s] AS code, (%(titles)s::text[])[1 + n * 7 %% %(items)s] AS title,
  substr(%(surnames)s, 1 + (n * 13 %% 10)::int, 1) || substr(%(given)s, 1 + (n * 29 %% 10)::int * 2, 2) AS name,
  %(now)s::timestamptz - make_interval(mins => ((%(total)s - n) * 1576800 / %(total)s)::int) AS at,
  CASE WHEN n <= %(total)s * 0.97 THEN (ARRAY['archived','archived','archived','archived','archived','archived','archived','archived','withdrawn','declined'])[1 + n %% 10]
    ELSE (ARRAY['received','review','review','decide','decide','deliver','supplement','delivered','delivered','decide'])[1 + n / 3 %% 10] END AS state,
  (ARRAY['window','window','window','home','home','portal','agency','api'])[1 + n %% 8] AS channel
FROM generate_series(1::bigint, %(total)s::bigint) AS n"""
CASES = """INSERT INTO cases_case (region, number, item_version_id, item_code, item_name, bundle, applicant_name, applicant_id_kind, applicant_id_number,
  applicant_id_lookup, id_last_four_lookup, applicant_phone, applicant_phone_lookup, address, organisation, note, channel, desk, state, stage, desk_now, outcome,
  result, reason, received_at, received_by, tell_by_at, told_at, supplement_by, accepted_at, deemed, decided_at, decided_by, delivered_at, settles_on, closed_at,
  reopened, limit_value, limit_unit, legal_value, legal_unit, extended, paused_since, due_on, due_at, warn_at, legal_due_on, legal_due_at, provisional, on_time)
SELECT region, pg_temp.case_number(lpad((region / 1000000)::text, 6, '0') || to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || lpad(((n + %(before)s) %% 1000000)::text, 6, '0')),
  version, code, title, '', name, 'id_card', %(sealed_id)s, sha256(('id' || n / 3)::bytea), sha256(('four' || n %% 9000)::bytea), %(sealed_phone)s,
  sha256(('phone' || n / 3)::bytea), '', '', '', channel, 'window', state, CASE WHEN state = 'deliver' THEN 1 ELSE 0 END,
  CASE state WHEN 'received' THEN 'window' WHEN 'supplement' THEN 'window' WHEN 'deliver' THEN 'window' WHEN 'review' THEN 'township' WHEN 'decide' THEN 'county_office' ELSE '' END,
  CASE WHEN decided THEN 'granted' ELSE '' END, CASE WHEN decided THEN '已办好' ELSE '' END, CASE WHEN state IN ('withdrawn', 'declined') THEN '不办了' ELSE '' END,
  at, '张三', at + interval '7 days', CASE WHEN state = 'supplement' OR n %% 9 = 0 THEN at END, CASE WHEN state = 'supplement' THEN (at + interval '30 days')::date END,
  CASE WHEN accepted THEN at END, false, CASE WHEN decided THEN at + interval '5 days' END, CASE WHEN decided THEN '李四' ELSE '' END,
  CASE WHEN delivered THEN at + interval '6 days' END, CASE WHEN delivered THEN (at + interval '27 days')::date END,
  CASE WHEN state IN ('archived', 'withdrawn', 'declined') THEN at + interval '8 days' END,
  0, 10, 'workday', 20, 'workday', 0, CASE WHEN state = 'supplement' THEN at END, CASE WHEN accepted THEN (at + interval '14 days')::date END,
  CASE WHEN accepted THEN at + interval '14 days' END, CASE WHEN accepted THEN at + interval '12 days' END, CASE WHEN accepted THEN (at + interval '28 days')::date END,
  CASE WHEN accepted THEN at + interval '28 days' END, false, CASE WHEN decided THEN n %% 20 > 0 END
FROM (SELECT *, state NOT IN ('received', 'supplement', 'declined', 'withdrawn') AS accepted, state IN ('deliver', 'delivered', 'archived') AS decided,
  state IN ('delivered', 'archived') AS delivered FROM filled) AS drafted ORDER BY n"""
STEPS = """INSERT INTO flows_step (subject_type, subject_id, flow, state, title, role, opened_at, due_on, due_at, warn_at, provisional, limit_value, limit_unit,
  legal_basis, extended, extended_reason, paused_since, paused_reason, paused_units, paused_for, closed_at, closed_by, closed_name, outcome, on_time, held_for, urged_count, region)
SELECT 'cases.case', c.id, 'case', part.state, c.item_name || '（' || c.applicant_name || '）', part.role, c.received_at + part.after, (c.received_at + part.after + interval '7 days')::date,
  c.received_at + part.after + interval '7 days', c.received_at + part.after + interval '6 days', false, 5, 'workday', '', 0, '', NULL, '', 0, interval '0',
  CASE WHEN part.done THEN c.received_at + part.after + interval '2 days' END, CASE WHEN part.done THEN 1 END, CASE WHEN part.done THEN '李四' ELSE '' END,
  CASE WHEN part.done THEN 'cases.pass_on' ELSE '' END, CASE WHEN part.done THEN true END, CASE WHEN part.done THEN interval '1 day' + c.id %% 40 * interval '1 hour' END, 0, c.region
FROM cases_case c, LATERAL (
  SELECT 'received' AS state, 'window' AS role, interval '0' AS after, c.desk_now = '' OR c.state <> 'received' AS done WHERE c.state <> 'received' AND c.state <> 'supplement'
  UNION ALL SELECT 'decide', 'county_office', interval '2 days', true WHERE c.decided_at IS NOT NULL
  UNION ALL SELECT c.state, c.desk_now, interval '4 days', false WHERE c.desk_now <> '') AS part
WHERE c.id > %(before)s"""
PAPERS = """INSERT INTO cases_casematerial (region, case_id, key, name, required, status, source, note, received_at)
SELECT c.region, c.id, paper.key, paper.name, true, 'received', '', '', c.received_at
FROM cases_case c, (VALUES ('id_card', '居民身份证'), ('household_book', '居民户口簿')) AS paper (key, name) WHERE c.id > %(before)s"""
TABLES = ("cases_case", "cases_casematerial", "flows_step")
QUICK = (
    "SET LOCAL session_replication_role = replica",  # no look-up of foreign keys row by row: what is referred to was written a line before
    "SET LOCAL maintenance_work_mem = '256MB'",
    "SET LOCAL synchronous_commit = off",
)
INDEXES = """SELECT format('%%I.%%I', schemaname, indexname), indexdef FROM pg_indexes JOIN pg_class ON relname = indexname
  JOIN pg_index ON indexrelid = pg_class.oid AND relnamespace = current_schema()::regnamespace
WHERE schemaname = current_schema() AND tablename = %s AND NOT indisunique"""


def fill(total: int, now: datetime) -> None:
    """Adds `total` cases to the current jurisdiction, over its villages and the items that are in force. The catalogue must not be empty.

    As the superuser, so that the indexes can be built after the rows: in place, a million rows into thirty of them took ten minutes.
    """
    given = wanted(total, now)
    with transaction.atomic(using=PEER), quickly("cases_case") as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM cases_case")
        given["before"] = cursor.fetchone()[0]
        for statement in (CHECK, DRAFT, CASES):
            cursor.execute(statement, given if "%(" in statement else None)
        cursor.execute("SELECT setval('cases_case_serial', %s)", [(given["before"] + total) % 10**6])
    tenant = connection.tenant  # type: ignore[attr-defined]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: beside(tenant, *part, given), [("flows_step", STEPS), ("cases_casematerial", PAPERS)]))
    with peer().cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")  # what the server does by itself within a minute


def beside(tenant: Any, table: str, statement: str, given: dict[str, Any]) -> None:
    """One of the tables that hang on the cases, over a connection of its own."""
    connections["default"].set_tenant(tenant)  # type: ignore[attr-defined]  # where `peer` looks
    try:
        peer()
        with transaction.atomic(using=PEER), quickly(table) as cursor:
            cursor.execute(statement, given)
    finally:
        connections.close_all()


@contextmanager
def quickly(table: str) -> Iterator[Any]:
    """The superuser's cursor; the plain indexes of a table are taken away before and built again after the rows."""
    with peer().cursor() as cursor:
        for setting in QUICK:
            cursor.execute(setting)
        cursor.execute(INDEXES, [table])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield cursor
        for _name, definition in indexes:
            cursor.execute(definition)


def wanted(total: int, now: datetime) -> dict[str, Any]:
    """Villages, items and two sealed identifiers for the statements."""
    home: Any = connection.tenant  # type: ignore[attr-defined]
    places = list(Region.objects.filter(level=5, code__gte=home.low, code__lte=home.high).order_by("code").values_list("code", flat=True))
    versions = list(ItemVersion.objects.filter(state="published").order_by("pk").values_list("pk", "item__code", "item__name"))
    return {
        "total": total, "now": now, "places": places, "villages": len(places), "items": len(versions), "versions": [row[0] for row in versions],
        "codes": [row[1] for row in versions], "titles": [row[2] for row in versions], "surnames": SURNAMES, "given": GIVEN,
        "sealed_id": seal("11010519491231002X", "cases_case.applicant_id_number"), "sealed_phone": seal("13912345678", "cases_case.applicant_phone"),
    }  # fmt: skip
