"""Migrating one schema: rooms whose tables do not lie in it are noted and passed over, and the picture of models is drawn no more than it must be.

django-tenants runs every migration in every schema and lets its router create nothing. What takes the time is Django's picture of models between
two steps, which is drawn for those rooms too: nine tenths of a first start. A migration that is passed over is recorded like any other, so that
`schemas_behind` stays one question for all schemas.

For each new model, index or constraint Django draws again every model that is related to it, some eighteen here. A new model is drawn alone: nothing
that stands refers to it yet. An index or a constraint is noted at the model that has it.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import router
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState


class Drawn(ProjectState):
    """The state of a migration, with less drawing."""

    apps: Any

    def add_model(self, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:  # type: ignore[attr-defined]
            self.resolve_model_relations(key)  # type: ignore[attr-defined]
        if "apps" in self.__dict__:
            self.apps.render_multiple([model_state])

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], obj]
        if "apps" in self.__dict__:
            setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


class HereOnly(MigrationExecutor):
    """Applies the migrations of rooms that have tables in the current schema, and only records the others."""

    def apply_migration(self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False) -> ProjectState:
        state.__class__ = Drawn
        passed_over = not router.allow_migrate(self.connection.alias, migration.app_label)
        return super().apply_migration(state, migration, fake=fake or passed_over, fake_initial=fake_initial)


class Command(migrate.Command):
    """Django's command with that executor, which it looks up in its own module."""

    def handle(self, *args: Any, **options: Any) -> Any:
        looked_up: Any = migrate
        usual, looked_up.MigrationExecutor = looked_up.MigrationExecutor, HereOnly
        try:
            return super().handle(*args, **options)
        finally:
            looked_up.MigrationExecutor = usual
