"""Residents by the thousand: plain columns in, rows of the register out, through both walls.

PostgreSQL refuses `COPY … FROM` into a table with row-level security. So the rows are copied into a temporary table that lives as
long as the transaction and belongs to whoever acts, and `INSERT … SELECT` takes them from there: the policy looks at every row, exactly as
if it had been written alone. What is copied is sealed already; no identifier is ever in a table in plain text.

Imported only by what works in bulk (`Later`), since polars and numpy cost a start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from weimin.residents.entering import HEAD
from weimin.residents.models import Resident
from weimin.residents.naming import names_of
from weimin.secrets.bulk import hash_many, seal_many

# What a row may say; a column that is missing is empty. `groups` holds codes of GroupKind joined by commas.
PLAIN: dict[str, Any] = {
    "region": pl.Int64, "household": pl.String, "name": pl.String, "relation": pl.String, "gender": pl.String, "birth_on": pl.Date,
    "id_kind": pl.String, "id_number": pl.String, "phone": pl.String, "ethnicity": pl.String, "marital": pl.String, "education": pl.String,
    "occupation": pl.String, "address": pl.String, "registered_region": pl.Int64, "groups": pl.String,
}  # fmt: skip
COMPUTED = ("given", "pinyin", "initials", "pinyin_other", "initials_other", "id_lookup", "id_tail_lookup", "phone_lookup")
BYTES = ("id_number", "id_lookup", "id_tail_lookup", "phone", "phone_lookup")
STAGED = (*PLAIN, *COMPUTED)
SHORTEST_WITH_TAIL = 8
PIECE = 1 << 20
NULL = "\\N"


@dataclass(frozen=True)
class Written:
    """How many rows became residents, how many were there already (by number), how many households are new."""

    residents: int
    present: int
    households: int


def readied(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of `STAGED` from plain ones: names read, identifiers sealed and hashed. No database; most of its time without the GIL."""
    known = frame["id_lookup"] if "id_lookup" in frame.columns else None
    missing = [pl.lit(None, kind).alias(name) for name, kind in PLAIN.items() if name not in frame.columns]
    frame = frame.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in PLAIN.items())
    frame = frame.with_columns(pl.col(name).fill_null("") for name, kind in PLAIN.items() if kind is pl.String)
    numbers, phones = frame["id_number"].to_list(), frame["phone"].to_list()
    tails = [number[-6:] if len(number) >= SHORTEST_WITH_TAIL else "" for number in numbers]
    return frame.with_columns(
        *_readings(frame["name"]),
        _sealed("id_number", numbers), _hashed("id_lookup", "id_number", numbers) if known is None else known, _hashed("id_tail_lookup", "id_tail", tails),
        _sealed("phone", phones), _hashed("phone_lookup", "phone", phones),
    ).select(STAGED)  # fmt: skip


def _readings(names: pl.Series) -> list[pl.Series]:
    """Each name is read once, however often it is borne."""
    different = names.unique()
    read = [names_of(name) for name in different.to_list()]
    table = pl.DataFrame({"name": different} | {column: [getattr(row, column) for row in read] for column in COMPUTED[:5]})
    joined = names.to_frame("name").join(table, on="name", how="left", maintain_order="left")
    return [joined[column] for column in COMPUTED[:5]]


def _sealed(column: str, texts: list[str]) -> pl.Series:
    field: Any = Resident._meta.get_field(column)
    return pl.Series(column, [value or None for value in seal_many(texts, field.place)], pl.Binary)


def _hashed(column: str, kind: str, texts: list[str]) -> pl.Series:
    return pl.Series(column, hash_many(kind, texts), pl.Binary)


def write(ready: pl.DataFrame, *, source: str, now: datetime, since: Any = None) -> Written:
    """Writes readied rows inside the open transaction of whoever acts; rows whose number stands in the register are left alone.

    Nobody knows since when the members of a household have lived in it: that they do is in their own rows, and the first row of
    `Membership` is written when one of them leaves (`households.leave`).

    A row outside the actor's range is refused by the wall (ProgrammingError); callers have checked every region before. since: the
    day from which memberships of population groups are known, by default the day of `now`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('residents_resident', 'id')::regclass::oid::bigint")
        cursor.execute(STAGE.format(numbers=cursor.fetchone()[0]))
        _copy(cursor, ready)
        cursor.execute("ANALYZE residents_stage (region, household, id_lookup)")
        given = {"source": source, "now": now, "since": since or timezone.localdate(now), "head": HEAD}
        try:
            with transaction.atomic():
                written = _fill(cursor, given)
        except IntegrityError:  # hardly ever: somebody is there already, and the index of numbers has refused the second
            present = _count(cursor, DROP_PRESENT, given)
            written = replace(_fill(cursor, given), present=present)
        cursor.execute("DROP TABLE residents_stage, residents_stage_place")
    return written


def _fill(cursor: Any, given: dict[str, Any]) -> Written:
    households = _count(cursor, HOUSEHOLDS, given)
    cursor.execute(PLACES)
    cursor.execute("SELECT EXISTS (SELECT FROM residents_stage_place WHERE headless)")
    if cursor.fetchone()[0]:
        cursor.execute(HEADS, given)
    residents = _count(cursor, RESIDENTS, given)
    cursor.execute(GROUPS, given)
    return Written(residents, 0, households)


def _count(cursor: Any, statement: str, given: dict[str, Any]) -> int:
    cursor.execute(statement, given)
    return int(cursor.rowcount)


def _copy(cursor: Any, ready: pl.DataFrame) -> None:
    """Bytes travel as hexadecimal text; a NULL is written bare and a text always in quotes, so that no text can look like one."""
    texts = [pl.concat_str(pl.lit("\\x"), pl.col(name).bin.encode("hex")).alias(name) for name in BYTES]
    content = memoryview(ready.with_columns(texts).write_csv(include_header=False, null_value=NULL, quote_style="non_numeric").encode())
    with cursor.copy(f"COPY residents_stage ({', '.join(STAGED)}) FROM STDIN (FORMAT csv, NULL '{NULL}')") as copy:
        for start in range(0, len(content), PIECE):
            copy.write(content[start : start + PIECE])


# `numbers`: the sequence itself, since looking it up by table and column for every row would be half the cost of the copy.
# The statistics say no more than whether there are few or many households; a tenth of the usual sample is enough for that.
STAGE = """
SET LOCAL default_statistics_target = 10;
CREATE TEMPORARY TABLE residents_stage (
  id bigint NOT NULL DEFAULT nextval({numbers}::oid::regclass),
  region bigint, household text, name text, relation text, gender text, birth_on date, id_kind text, id_number bytea, phone bytea,
  ethnicity text, marital text, education text, occupation text, address text, registered_region bigint, groups text,
  given text, pinyin text, initials text, pinyin_other text, initials_other text, id_lookup bytea, id_tail_lookup bytea, phone_lookup bytea
) ON COMMIT DROP"""

# Somebody may have entered the same person since the check: those rows go.
DROP_PRESENT = """
DELETE FROM residents_stage s USING residents_resident r WHERE r.id_lookup = s.id_lookup AND r.status <> 'merged'"""

HOUSEHOLDS = """
INSERT INTO residents_household (region, number, address, collective, status, head_name, end_reason)
SELECT s.region, s.household, coalesce(max(s.address) FILTER (WHERE s.relation = %(head)s), max(s.address)), false, 'standing',
  coalesce(max(s.name) FILTER (WHERE s.relation = %(head)s), ''), ''
FROM residents_stage s WHERE s.household <> '' AND NOT EXISTS (
  SELECT FROM residents_household h WHERE h.number = s.household AND h.region = s.region AND h.status = 'standing')
GROUP BY s.region, s.household"""

PLACES = """
CREATE TEMPORARY TABLE residents_stage_place ON COMMIT DROP AS
SELECT h.number, h.region, min(h.id) AS id, bool_or(h.head_name = '') AS headless FROM residents_household h
JOIN (SELECT DISTINCT region, household FROM residents_stage WHERE household <> '') s ON h.number = s.household AND h.region = s.region
WHERE h.status = 'standing' GROUP BY h.number, h.region"""

# A household whose head came later than its members, in another part or another file: there are hardly any, and they are known by now.
HEADS = """
UPDATE residents_household h SET head_name = s.name FROM residents_stage s JOIN residents_stage_place p ON p.number = s.household AND p.region = s.region
WHERE p.headless AND h.id = p.id AND h.head_name = '' AND s.relation = %(head)s"""

RESIDENTS = """
INSERT INTO residents_resident (
  id, region, name, given, pinyin, initials, pinyin_other, initials_other, gender, birth_on, id_kind, id_number, id_lookup, id_tail_lookup, phone,
  phone_lookup, ethnicity, marital, education, occupation, address, registered_region, household_id, relation, status, source, updated_at)
SELECT s.id, s.region, s.name, s.given, s.pinyin, s.initials, s.pinyin_other, s.initials_other, s.gender, s.birth_on, s.id_kind, s.id_number, s.id_lookup,
  s.id_tail_lookup, s.phone, s.phone_lookup, s.ethnicity, s.marital, s.education, s.occupation, s.address, s.registered_region, p.id, s.relation, 'living',
  %(source)s, %(now)s
FROM residents_stage s LEFT JOIN residents_stage_place p ON p.number = s.household AND p.region = s.region"""

GROUPS = """
INSERT INTO residents_groupmembership (region, resident_id, kind, detail, since_on, source)
SELECT DISTINCT s.region, s.id, kind, '', %(since)s::date, %(source)s FROM residents_stage s, unnest(string_to_array(s.groups, ',')) kind
WHERE s.groups <> ''"""
