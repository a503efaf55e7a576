from __future__ import annotations

import json
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from weimin.trail.anchors import path_of, read_anchors
from weimin.trail.canonical import COLUMNS, leaf, lines
from weimin.trail.models import Entry, Seal
from weimin.trail.sealing import as_owner, seal, settled_id
from weimin.trail.tests.builders import write_entries
from weimin.trail.verification import Finding, verify

pytestmark = [pytest.mark.django_db, pytest.mark.req("X3")]
SCHEMA = "j500242"


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sealed(jurisdiction, now):
    """Five entries in seals of two, two and one."""
    numbers = write_entries(5, now)
    assert seal(now, batch=2) == 5
    return numbers


def sql(statement, *values):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def findings():
    return [(finding.kind, finding.entry) for finding in verify(SCHEMA).findings]


def test_the_canonical_form_has_every_column_of_an_entry():
    assert list(COLUMNS) and set(COLUMNS) == {field.column for field in Entry._meta.concrete_fields}


def test_the_canonical_form_is_unambiguous_and_in_microseconds(jurisdiction, now):
    [number] = write_entries(1, now)
    with as_owner():
        [(found, line)] = lines(number - 1, number)
    assert found == number
    assert line.decode() == (
        f"{number}\t1795399200000000\t7\t张三\t\\N\tvillage\t10.0.0.1\tweb\tsites.rename\tsites.site\t1\t"
        '{"name": "甲\\\\t站"}\t{"name": "乙\\\\\\\\站", "size": 1.5}\t第 0 条\\n换行\t500242101200'
    )


def test_a_leaf_is_sm3_of_the_leaf_before_and_the_line():
    assert leaf(b"a", b"bc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905, example 1


def test_sealing_closes_everything_in_order_in_batches(sealed):
    seals = list(Seal.objects.order_by("pk"))
    assert [(s.first_id, s.last_id, s.count) for s in seals] == [(sealed[0], sealed[1], 2), (sealed[2], sealed[3], 2), (sealed[4], sealed[4], 1)]
    assert [s.previous for s in seals] == ["0" * 64, seals[0].head, seals[1].head]


def test_sealing_again_without_new_entries_does_nothing(sealed, now):
    assert seal(now) == 0
    assert Seal.objects.count() == 3


def test_each_seal_is_anchored_once_outside_the_database(sealed, now):
    seal(now)
    assert [(a.first, a.last, a.count) for a in read_anchors(SCHEMA)] == [(sealed[0], sealed[1], 2), (sealed[2], sealed[3], 2), (sealed[4], sealed[4], 1)]
    assert [a.head for a in read_anchors(SCHEMA)] == list(Seal.objects.order_by("pk").values_list("head", flat=True))


def test_a_line_torn_by_a_crash_is_written_again(sealed, now):
    whole = path_of(SCHEMA).read_bytes()
    path_of(SCHEMA).write_bytes(whole[:-40])
    assert verify(SCHEMA).unanchored == 1
    seal(now)
    assert path_of(SCHEMA).read_bytes() == whole


def test_an_untouched_trail_is_whole_and_new_entries_are_counted(sealed, now):
    write_entries(3, now)
    report = verify(SCHEMA)
    assert (report.whole, report.sealed, report.seals, report.unsealed, report.unanchored) == (True, 5, 3, 3, 0)


@pytest.mark.parametrize("column, value", [
    ("person_name", "李四"), ("reason", ""), ("at", "2026-11-23 10:00:00.000001+08"), ("post", 3), ("person", None),
    ("region", 500242101201), ("after", '{"name": "乙\\\\站", "size": 1.6}'), ("ip", "10.0.0.2"), ("subject_id", None),
])  # fmt: skip
def test_an_edit_of_any_column_is_found_and_named(sealed, column, value):
    sql(f"UPDATE trail_entry SET {column} = %s WHERE id = %s", value, sealed[2])
    assert findings() == [("changed", sealed[2])]


def test_a_deletion_is_found_and_named(sealed):
    sql("DELETE FROM trail_entry WHERE id = %s", sealed[1])
    assert findings() == [("missing", sealed[1])]


def test_an_entry_put_in_below_the_seal_is_found_even_with_an_impossible_region(sealed):
    sql(
        "INSERT INTO trail_entry SELECT -5, at, person, person_name, post, role, ip, channel, action, subject_type, subject_id, before, after, reason, -1 FROM trail_entry LIMIT 1"
    )
    assert findings() == [("added", -5)]


def test_two_entries_that_change_places_are_both_named(sealed):
    first, second = sealed[1], sealed[2]
    sql("UPDATE trail_entry SET id = -1 WHERE id = %s", first)
    sql("UPDATE trail_entry SET id = %s WHERE id = %s", first, second)
    sql("UPDATE trail_entry SET id = %s WHERE id = -1", second)
    assert findings() == [("changed", first), ("changed", second)]


def test_a_tail_cut_with_its_seals_is_found_by_the_anchors(sealed):
    sql("DELETE FROM trail_entry WHERE id >= %s", sealed[2])
    sql("DELETE FROM trail_seal WHERE first_id >= %s", sealed[2])
    assert findings() == [("seal_missing", sealed[2]), ("seal_missing", sealed[4])]


def test_a_chain_computed_anew_over_an_edit_is_found_by_the_anchors(sealed, now):
    sql("UPDATE trail_entry SET reason = '' WHERE id = %s", sealed[0])
    sql("DELETE FROM trail_seal")
    kept = path_of(SCHEMA).read_bytes()
    seal(now, batch=2)
    path_of(SCHEMA).write_bytes(kept)
    assert [kind for kind, _entry in findings()][:3] == ["seal_missing"] * 3


@pytest.mark.parametrize("column, value", [
    ("sealed_at", "2020-01-01"), ("count", 1), ("head", "x"), ("previous", "x"), ("form", 2), ("leaves", b"\x00" * 64), ("ids", b""),
])  # fmt: skip
def test_a_changed_seal_is_found(sealed, column, value):
    sql(f"UPDATE trail_seal SET {column} = %s WHERE first_id = %s", value, sealed[2])
    assert ("seal_changed", sealed[2]) in findings()


def test_a_lost_anchor_file_is_found(sealed):
    path_of(SCHEMA).unlink()
    assert verify(SCHEMA).findings == [Finding("anchors_lost", None, None)]


def test_a_scribbled_anchor_file_is_found(sealed):
    path_of(SCHEMA).write_text("{}\n")
    assert verify(SCHEMA).findings == [Finding("anchor_damaged", None, None)]


def test_no_entry_means_no_seal(jurisdiction, now):
    assert (settled_id(), seal(now), Seal.objects.count()) == (0, 0, 0)


def test_the_command_tells_how_much_was_checked(sealed):
    out = StringIO()
    call_command("trail_verify", jurisdiction=500242000000, stdout=out)
    assert out.getvalue() == "j500242：完整。已核对 5 条（3 次封存），另有 0 条尚未封存。\n"


def test_the_command_names_the_entry_and_fails(sealed):
    sql("DELETE FROM trail_entry WHERE id = %s", sealed[3])
    out = StringIO()
    with pytest.raises(CommandError, match="共 1 处") as refused:
        call_command("trail_verify", json=True, stdout=out)
    assert refused.value.returncode == 1
    assert [report["findings"] for report in json.loads(out.getvalue())] == [
        [],
        [],
        [{"kind": "missing", "seal": Seal.objects.order_by("pk")[1].pk, "entry": sealed[3]}],
    ]


@contextmanager
def writer_in_flight():
    """Another connection that has written an entry and not committed yet."""
    with psycopg.connect(**connector_params()) as other:
        other.execute("SET search_path = j500242; SET weimin.low = '0'; SET weimin.high = '9'")
        other.execute(
            "INSERT INTO trail_entry (at, person_name, role, ip, channel, action, subject_type, before, after, reason, region)"
            " VALUES (now(), 'x', '', '', '', '', '', '{}', '{}', '', 1)"
        )
        yield
        other.rollback()


def test_nothing_is_sealed_while_an_insert_is_in_flight(jurisdiction, now, monkeypatch):
    monkeypatch.setattr("weimin.trail.sealing.PATIENCE_MS", (20, 40))
    write_entries(1, now)
    with writer_in_flight():
        assert (settled_id(), seal(now)) == (0, 0)
    assert seal(now) == 1
