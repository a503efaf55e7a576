"""Random tamperings, each on the same sealed trail inside a savepoint: every one must be found (performance.md, test 5)."""

from __future__ import annotations

import random
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from weimin.trail.anchors import path_of
from weimin.trail.models import Entry
from weimin.trail.sealing import as_owner, seal
from weimin.trail.tests.builders import write_entries
from weimin.trail.verification import verify

pytestmark = [pytest.mark.django_db, pytest.mark.req("X3")]
SCHEMA, ENTRIES = "j500242", 40
COPIED = "at, person, person_name, post, role, ip, channel, action, subject_type, subject_id, before, after, reason, region"
EDITS = [
    "at = at + interval '1 microsecond'", "person = coalesce(person, 0) + 1", "person_name = person_name || ' '", "post = 9", "role = 'auditor'",
    "ip = ''", "channel = 'api'", "action = 'trail.view'", "subject_type = ''", "subject_id = subject_id + 1", "before = '{}'",
    "after = after || '{\"x\": null}'", "reason = ''", "region = region + 1", "after = '{\"name\": \"乙\\\\站\", \"size\": 1.50}'",
]  # fmt: skip
SEAL_EDITS = [
    "head = previous", "previous = head", "count = count + 1", "leaves = substring(leaves FROM 33)", "ids = substring(ids FROM 9)",
    "sealed_at = sealed_at - interval '1 second'", "form = 2", "last_id = last_id + 1", "id = id + 1000",
    "leaves = set_byte(leaves, 5, get_byte(leaves, 5) # 1)",
]  # fmt: skip


@pytest.fixture
def numbers(jurisdiction, now, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    made = []
    for _part in range(4):
        made += write_entries(ENTRIES // 4, now)
        skip_a_number()
    seal(now, batch=12)
    return made


def skip_a_number():
    """A rolled-back action leaves a gap in the numbers, as in real life."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('trail_entry_id_seq')")


@contextmanager
def undone():
    with transaction.atomic(), as_owner():
        yield connection.cursor()
        transaction.set_rollback(True)


def edit(cursor, draw, numbers):
    cursor.execute(f"UPDATE trail_entry SET {draw.choice(EDITS)} WHERE id = {draw.choice(numbers)}")


def delete(cursor, draw, numbers):
    cursor.execute("DELETE FROM trail_entry WHERE id = ANY(%s)", [draw.sample(numbers, draw.randint(1, 3))])


def insert(cursor, draw, numbers):
    free = sorted(set(range(numbers[0] - 5, numbers[-1])) - set(numbers))
    cursor.execute(f"INSERT INTO trail_entry (id, {COPIED}) SELECT {draw.choice(free)}, {COPIED} FROM trail_entry WHERE id = {draw.choice(numbers)}")


def swap(cursor, draw, numbers):
    first, second = draw.sample(numbers, 2)
    for old, new in ((first, -1), (second, first), (-1, second)):
        cursor.execute(f"UPDATE trail_entry SET id = {new} WHERE id = {old}")


def cut_tail(cursor, draw, numbers):
    cursor.execute("SELECT first_id FROM trail_seal ORDER BY 1")
    start = draw.choice(cursor.fetchall())[0]
    cursor.execute(f"DELETE FROM trail_entry WHERE id >= {start}")
    cursor.execute(f"DELETE FROM trail_seal WHERE first_id >= {start}")


def change_seal(cursor, draw, numbers):
    cursor.execute("SELECT id FROM trail_seal ORDER BY 1")
    cursor.execute(f"UPDATE trail_seal SET {draw.choice(SEAL_EDITS)} WHERE id = {draw.choice(cursor.fetchall())[0]}")


def reseal(cursor, draw, numbers):
    """An edit covered up by sealing everything anew."""
    edit(cursor, draw, numbers)
    cursor.execute("DELETE FROM trail_seal")
    kept = path_of(SCHEMA).read_bytes()
    seal(Entry.objects.latest("at").at, batch=12)
    path_of(SCHEMA).write_bytes(kept)


TAMPERINGS = [edit, edit, edit, delete, insert, swap, cut_tail, change_seal, reseal]


def missed(rounds, seed, numbers):
    """Names of the tamperings that verification did not find."""
    draw, unnoticed = random.Random(seed), []
    for _round in range(rounds):
        tampering = draw.choice(TAMPERINGS)
        with undone() as cursor:
            before = snapshot(cursor)
            tampering(cursor, draw, numbers)
            if snapshot(cursor) != before and verify(SCHEMA).whole:
                unnoticed.append(tampering.__name__)
    return unnoticed


def snapshot(cursor):
    cursor.execute(
        "SELECT (SELECT md5(string_agg(e::text, '|' ORDER BY id)) FROM trail_entry e), (SELECT md5(string_agg(s::text, '|' ORDER BY id)) FROM trail_seal s)"
    )
    return cursor.fetchone()


def test_200_random_tamperings_are_all_found(numbers):
    assert verify(SCHEMA).whole
    assert missed(200, 20261123, numbers) == []
    assert verify(SCHEMA).whole


@pytest.mark.slow
def test_1000_random_tamperings_are_all_found(numbers):
    assert missed(1000, 42, numbers) == []
