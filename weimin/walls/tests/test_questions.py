"""Questions compiled once: the rows that `visible_to` gives, for whoever asks, and nothing that the wall does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import autodiscover_modules

from weimin.flows.models import Step
from weimin.residents.models import GroupKind, GroupMembership, Resident
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import system_actor
from weimin.walls.questions import Question
from weimin.walls.session import entered

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
KINDS = Question(
    GroupMembership,
    lambda rows, resident, since: (
        rows.filter(resident=resident, since_on__gte=since).exclude(detail="50%'s").select_related("resident").defer("source").order_by("-kind")[:9]
    ),
    int,
    date,
)
NAMED = Question(Resident, lambda rows, name: rows.filter(Q(name=name) | Q(given=name)).order_by("pk").values("pk", "name"), str)


@pytest.fixture
def village(actor, places):
    return actor("village", places.village)


@pytest.fixture
def person(jurisdiction, village, places):
    with entered(village):
        found = make_resident(places.village, name="龙秀英")
        for kind in (GroupKind.VETERAN, GroupKind.LIVING_ALONE):
            GroupMembership.objects.create(region=places.village, resident=found, kind=kind, since_on=date(2026, 3, 1), source="走访")
        GroupMembership.objects.create(region=places.village, resident=found, kind=GroupKind.DISABLED, since_on=date(2020, 3, 1))
    return found


def test_the_rows_are_those_of_the_queryset_with_what_was_selected_along(person, village):
    for _again in range(7):  # the server changes to a general plan after some
        with entered(village):
            rows = KINDS(village, person.pk, date(2026, 1, 1))
            usual = KINDS.ask(GroupMembership.objects.visible_to(village), person.pk, date(2026, 1, 1))
            assert [row.pk for row in rows] == [row.pk for row in usual]
            with CaptureQueriesContext(connection) as asked:
                assert [(row.kind, row.since_on, row.resident.name) for row in rows] == [
                    ("veteran", date(2026, 3, 1), "龙秀英"),
                    ("living_alone", date(2026, 3, 1), "龙秀英"),
                ]
            assert not asked.captured_queries, "the resident came along"
            assert rows[0].resident.id_number == person.id_number, "sealed values are opened as fields do it"
            assert rows[0].get_deferred_fields() == {"source"}
            assert rows[0].source == "走访"
            assert KINDS(village, person.pk, date(2026, 4, 1)) == []


def test_values_come_as_tuples(person, village):
    with entered(village):
        assert NAMED(village, "秀英") == NAMED(village, "龙秀英") == [(person.pk, "龙秀英")]
        assert NAMED(village, "%s' OR true --") == []


def test_it_asks_as_whoever_asks_now(person, village, actor, places):
    neighbour = actor("village", places.other_village)
    for _again in range(7):
        with entered(village):
            assert len(KINDS(village, person.pk, date(2000, 1, 1))) == 3
        with entered(neighbour):
            assert KINDS(neighbour, person.pk, date(2000, 1, 1)) == []
        with entered(neighbour):
            assert KINDS(village, person.pk, date(2000, 1, 1)) == [], "the database knows who acts, whatever the page believes"


def test_a_post_without_the_purpose_asks_nothing(person, actor, places):
    other = replace(actor("village", places.village), purposes=frozenset({"cases"}))
    with entered(other), CaptureQueriesContext(connection) as asked:
        assert KINDS(other, person.pk, date(2000, 1, 1)) == []
    assert not asked.captured_queries


def test_constants_stand_in_the_statement_and_values_do_not(person, village):
    with entered(village), CaptureQueriesContext(connection):
        KINDS(village, person.pk, date(2000, 1, 1))
    assert "'50%%''s'" in KINDS._compiled.statement
    assert KINDS._compiled.statement.replace("%%", "").count("%s") == 4


def test_a_value_that_is_not_used_is_a_mistake(jurisdiction, village):
    forgetful = Question(Step, lambda rows, role: rows.filter(state="draft"))
    Question.ALL.remove(forgetful)
    with entered(village), pytest.raises(TypeError, match="each of its values"):
        forgetful(village, 1)


def test_every_question_of_the_house_is_understood_by_the_server(jurisdiction, places):
    for app in apps.get_app_configs():
        if app.name.startswith("weimin."):
            autodiscover_modules("queries", "views", "actions", "urls")
    assert len(Question.ALL) > 15
    everything = system_actor(places.village, places.village)
    example = {int: 1, date: date(2026, 1, 1), str: "x"}
    with entered(everything):
        for question in Question.ALL:
            assert question(everything, *(example[kind] for kind in question.kinds[2:])) == [], question.model


def test_a_number_too_long_for_any_row_finds_nothing(village, person):
    with entered(village):
        assert KINDS(village, 10**19, date(2026, 1, 1)) == []
