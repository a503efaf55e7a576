"""In which jurisdiction the connection works. The engine of django-tenants adds this to Django's connection; here it has types."""

from __future__ import annotations

from typing import Any, Protocol, cast

from django.db import connection

from weimin.walls.actor import Actor


class Tenant(Protocol):
    """What every room may know of a jurisdiction: its 12-digit region, its name, and the range of codes inside it."""

    schema_name: str
    code: int
    name: str

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...


class Tenancy(Protocol):
    """The connection of one thread. In the public schema `tenant` is a stand-in that has a schema name only."""

    tenant: Tenant
    schema_name: str
    weimin_actor: Actor | None
    weimin_role: str
    preparing: str

    def set_tenant(self, tenant: Any) -> None: ...

    def set_schema_to_public(self) -> None: ...


tenancy = cast(Tenancy, connection)


def here() -> Tenant:
    """The jurisdiction that is being worked for."""
    return tenancy.tenant
