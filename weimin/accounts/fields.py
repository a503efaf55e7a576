"""A column that holds a role."""

from __future__ import annotations

from typing import Any

from django.db import models

from weimin.accounts.roles import Role


class RoleField(models.CharField):  # type: ignore[type-arg]
    """One of the system's roles. Migrations do not repeat the list: a new role is no change of any table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs["choices"] = Role.choices
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
