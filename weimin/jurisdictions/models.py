"""A jurisdiction (辖区) is a PostgreSQL schema: a county, a city without counties, or one township trying it out."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin
from django_tenants.utils import schema_exists

from weimin.jurisdictions.repeating import recorded, recording, repeat
from weimin.regions.rules import range_of
from weimin.walls.tenancy import tenancy

APPLICATION_ROLE = "weimin_app"


def schema_name(code: int) -> str:
    """Schema of a jurisdiction: j + the code without trailing zeros of its level (j500242, j341221203)."""
    low, high = range_of(code)
    return f"j{str(code)[: 12 - len(str(high - low))]}" if high > low else f"j{code}"


def grant_statements(schema: str) -> list[str]:
    """What the application's role may do with tables that migrations will make in a schema."""
    return [
        f'GRANT USAGE ON SCHEMA "{schema}" TO {APPLICATION_ROLE}',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{schema}" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION_ROLE}',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA "{schema}" GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION_ROLE}',
    ]


class Jurisdiction(TenantMixin):  # type: ignore[misc]
    """One government that runs Weimin. `code` is its region; everything it knows lies in `low..high`."""

    code = models.BigIntegerField(_("区划代码"), unique=True)
    name = models.CharField(_("名称"), max_length=80)
    demonstration = models.BooleanField(_("演示数据"), default=False)
    cards = models.JSONField(_("演示岗位"), default=list)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    auto_create_schema = True
    auto_drop_schema = False

    class Meta:
        verbose_name = _("辖区")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def low(self) -> int:
        return range_of(self.code)[0]

    @property
    def high(self) -> int:
        return range_of(self.code)[1]

    def create_schema(self, check_if_exists: bool = False, sync_schema: bool = True, verbosity: int = 0) -> bool:
        """Makes the schema with its grants, then migrates it. False when it was there already."""
        if check_if_exists and schema_exists(self.schema_name):
            return False
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{self.schema_name}"')
            for statement in grant_statements(self.schema_name):
                cursor.execute(statement)
        try:
            self.fill_schema(verbosity)
        finally:
            tenancy.set_schema_to_public()
        return True

    def fill_schema(self, verbosity: int = 0) -> None:
        """By migrating; by the statements of the one before when this process has migrated a schema already."""
        if (record := recorded()) is not None:
            tenancy.set_tenant(self)
            with transaction.atomic():
                repeat(record, self.schema_name)
            return
        with recording(self.schema_name):
            call_command("migrate_schemas", tenant=True, schema_name=self.schema_name, interactive=False, verbosity=verbosity)


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name that leads to a jurisdiction."""

    class Meta:
        verbose_name = _("域名")
