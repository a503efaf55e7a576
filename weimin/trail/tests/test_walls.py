"""The application's own role may add to the trail and read its range; nothing else."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from weimin.trail.models import Entry
from weimin.trail.sealing import seal
from weimin.trail.tests.builders import write_entries
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X1"), pytest.mark.req("X3")]


@pytest.mark.parametrize("statement", [
    "UPDATE trail_entry SET reason = 'x'", "DELETE FROM trail_entry", "TRUNCATE trail_entry", "UPDATE trail_seal SET head = 'x'",
    "DELETE FROM trail_seal", "TRUNCATE trail_seal", "ALTER TABLE trail_entry DISABLE ROW LEVEL SECURITY", "DROP TABLE trail_seal",
])  # fmt: skip
def test_the_application_cannot_change_the_trail_by_raw_sql(jurisdiction, now, settings, tmp_path, statement):
    settings.DATA_DIR = tmp_path
    write_entries(2, now)
    seal(now)
    with entered(system_actor()), pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
    with entered(system_actor()):
        assert Entry.objects.filter(reason__endswith="换行").count() == 2


def test_raw_sql_of_a_village_post_shows_only_its_own_entries(jurisdiction, now, actor, places):
    write_entries(2, now, region=places.village)
    write_entries(3, now, region=places.other_village)
    with entered(actor("village", places.village)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(region), max(region) FROM trail_entry")
        assert cursor.fetchone() == (2, places.village, places.village)
