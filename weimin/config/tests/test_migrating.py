"""The state of a migration that draws less shows what Django's own shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.db.migrations import operations
from django.db.migrations.state import ProjectState

from weimin.config.migrating import Drawn

STEPS = [
    operations.CreateModel("Village", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20))]),
    operations.CreateModel(
        "Household",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("number", models.IntegerField()),
            ("village", models.ForeignKey("town.village", models.PROTECT, related_name="households")),
            ("split_from", models.ForeignKey("self", models.PROTECT, null=True)),
        ],
    ),
    operations.AddIndex("household", models.Index(fields=["number"], name="household_number")),
    operations.AddConstraint("household", models.UniqueConstraint(fields=["village", "number"], name="household_once")),
    operations.AddField("village", "oldest", models.ForeignKey("town.household", models.PROTECT, null=True, related_name="+")),
    operations.AddConstraint("household", models.CheckConstraint(condition=models.Q(number__gt=0), name="household_positive")),
    operations.RemoveConstraint("household", "household_once"),
    operations.AlterField("household", "number", models.BigIntegerField()),
    operations.RenameField("household", "number", "code"),
]


def shown(state: ProjectState, name: str) -> dict[str, Any]:
    meta = state.apps.get_model("town", name)._meta  # type: ignore[attr-defined]
    return {
        "fields": [(field.name, type(field).__name__) for field in meta.fields],
        "columns": [field.column for field in meta.fields],
        "indexes": [index.name for index in meta.indexes],
        "constraints": [constraint.name for constraint in meta.constraints],
        "related": sorted(relation.name for relation in meta.get_fields(include_hidden=True) if relation.auto_created and relation.is_relation),
        "targets": [field.related_model._meta.label for field in meta.fields if field.is_relation],
    }


@pytest.mark.parametrize("count", range(1, len(STEPS) + 1))
def test_after_each_step_it_shows_the_same_models(count: int) -> None:
    usual, drawn = ProjectState(), ProjectState()
    for state in (usual, drawn):
        assert state.apps is not None  # type: ignore[attr-defined]  # drawn from the beginning, as when migrating
    drawn.__class__ = Drawn
    for step in STEPS[:count]:
        for state in (usual, drawn):
            step.state_forwards("town", state)
    names = ["village", "household"][: 1 if count == 1 else 2]
    assert [shown(drawn, name) for name in names] == [shown(usual, name) for name in names]
    for name in names:
        model = drawn.apps.get_model("town", name)
        assert all(field.related_model is drawn.apps.get_model("town", field.related_model.__name__) for field in model._meta.fields if field.is_relation)
