"""Migrating one schema: rooms whose tables do not lie in it are noted and passed over.

django-tenants runs every migration in every schema and lets its router create nothing. What takes the time is Django's picture of models between
two steps, which is drawn for those rooms too: nine tenths of a first start. A migration that is passed over is recorded like any other, so that
`schemas_behind` stays one question for all schemas.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import router
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class HereOnly(MigrationExecutor):
    """Applies the migrations of rooms that have tables in the current schema, and only records the others."""

    def apply_migration(self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False) -> ProjectState:
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
