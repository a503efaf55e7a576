"""Statements that are prepared in the server: the same rows, under the same walls, and known to the server afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from weimin.flows.models import Step
from weimin.regions.models import Region
from weimin.residents.models import Resident
from weimin.residents.tests.builders import make_resident
from weimin.trail.models import Entry
from weimin.walls.prepared import insert, one_visible, prepared, preparing
from weimin.walls.session import entered

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def step(region: int) -> Step:
    return Step(
        subject_type="buildout.project", subject_id=70_001, flow="site_build", state="draft", title="电商服务站", role="village", opened_at=NOW, region=region
    )


def known_statements() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


@pytest.fixture
def village(actor, places):
    return actor("village", places.village)


def test_a_row_is_inserted_as_save_does(jurisdiction, village, places):
    with entered(village):
        mine, usual = step(places.village), step(places.village)
        usual.subject_id += 1
        insert(mine)
        usual.save(force_insert=True)
        stored = {row.pk: row for row in Step.objects.filter(pk__in=[mine.pk, usual.pk])}
    values = [{field.attname: getattr(stored[row.pk], field.attname) for field in Step._meta.concrete_fields} for row in (mine, usual)]
    for row in values:
        del row["id"], row["subject_id"]
    assert values[0] == values[1]
    assert (mine.township, mine.place) == (usual.township, usual.place), "what the server computes is known at once"


def test_the_wall_refuses_a_prepared_row_outside_the_range(jurisdiction, village, places):
    with pytest.raises(ProgrammingError, match="row-level security"), entered(village):
        insert(step(places.other_village))


def test_a_prepared_statement_is_planned_for_whoever_asks(jurisdiction, actor, places):
    """The same statement of the same connection, asked by two posts: each sees its own rows."""
    for region in (places.village, places.other_village):
        with entered(actor("village", region)):
            one = step(region)
            one.subject_id = region
            insert(one)
    for _again in range(7):
        for region in (places.village, places.other_village):
            with entered(actor("village", region)), prepared() as cursor:
                cursor.execute("SELECT region FROM flows_step WHERE flow = %s", ["site_build"])
                assert cursor.fetchall() == [(region,)]


def test_what_is_asked_inside_is_prepared_and_what_is_asked_outside_is_not(jurisdiction, places):
    with preparing():
        assert Region.objects.filter(pk=places.village).exists()
    Region.objects.filter(pk=places.village, level=5).exists()
    statements = [text for text in known_statements() if "regions_region" in text]
    assert any("$1" in text for text in statements)
    assert not any("level" in text for text in statements)


def test_small_and_large_numbers_are_one_statement(jurisdiction, places):
    for number in (1, 70_000, places.village):
        with prepared() as cursor:
            cursor.execute("SELECT name FROM regions_region WHERE code = %s", [number])
    assert sum("SELECT name FROM regions_region WHERE code = $1" in text for text in known_statements()) == 1


def test_the_query_log_shows_values(jurisdiction):
    with CaptureQueriesContext(connection) as caught, prepared() as cursor:
        cursor.execute(f"SELECT count(*) FROM {Entry._meta.db_table} WHERE person = %s", [4711])
    assert "4711" in caught.captured_queries[-1]["sql"]


def test_several_rows_are_one_statement_and_each_gets_its_own_number(jurisdiction, village, places):
    with entered(village):
        rows = [step(places.village) for _one in range(3)]
        for number, row in enumerate(rows):
            row.subject_id += number
        insert(*rows)
        assert dict(Step.objects.values_list("pk", "subject_id")) == {row.pk: row.subject_id for row in rows}
    insert()


def test_what_is_seen_is_opened_and_kept_to_the_range(jurisdiction, village, actor, places):
    elsewhere, without = actor("village", places.other_village), actor("finance", places.county)
    with entered(village):
        person = make_resident(places.village)
        found = one_visible(village, Resident, ["name", "id_number"], "id = %s", person.pk)
        assert (found.name, found.id_number) == (person.name, person.id_number)
        assert found.get_deferred_fields() == {field.attname for field in Resident._meta.concrete_fields} - {"id", "name", "id_number"}
        assert found.birth_on == person.birth_on
        assert one_visible(elsewhere, Resident, ["name"], "id = %s", person.pk) is None
        assert one_visible(without, Resident, ["name"], "id = %s", person.pk) is None, "the purpose is asked for as well"
