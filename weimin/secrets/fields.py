"""Columns of identifiers: `SealedField` holds one, `LookupField` beside it finds it."""

from __future__ import annotations

from typing import Any

from django.db import models

from weimin.secrets.cipher import hash_for, seal, seal_bytes, unseal, unseal_bytes


class SealedField(models.Field):  # type: ignore[type-arg]
    """Plain str in Python, SM4-GCM bytes in the column. It cannot be filtered by value: use the LookupField beside it."""

    description = "Sealed text"
    sealed_at_once = 500  # values that a change of key holds in memory

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def place(self) -> str:
        """The associated data: renaming the table or column needs a migration that seals anew."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else seal(str(value), self.place)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value), self.place)

    def to_python(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class SealedFileField(SealedField):
    """A whole file: plain bytes in Python, sealed in the column."""

    description = "Sealed file"
    sealed_at_once = 1

    def get_prep_value(self, value: Any) -> Any:
        value = models.Field.get_prep_value(self, value)
        return value if value is None else seal_bytes(bytes(value), self.place)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else unseal_bytes(bytes(value), self.place)

    def to_python(self, value: Any) -> Any:
        return value


class LookupField(models.BinaryField):  # type: ignore[type-arg]
    """HMAC-SM3 of the field `of`, kept up by save() and bulk_create(); query it with `hash_for(kind, text)`."""

    description = "Lookup value of a sealed field"

    def __init__(self, *args: Any, kind: str = "", of: str = "", **kwargs: Any) -> None:
        self.kind, self.of = kind, of
        kwargs.setdefault("db_index", True)
        kwargs.update(null=True, editable=False, max_length=32)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("null", "editable", "max_length", "db_index"):
            kwargs.pop(fixed, None)
        if not self.db_index:  # type: ignore[attr-defined]
            kwargs["db_index"] = False
        return name, path, args, kwargs | {"kind": self.kind, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        text = getattr(model_instance, self.of)
        value = hash_for(self.kind, text) if text else None
        setattr(model_instance, self.attname, value)
        return value
