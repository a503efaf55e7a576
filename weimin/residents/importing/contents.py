"""What a file or a part holds, unsealed. Megabytes travel as they are and not as hexadecimal text, which would be twice as long."""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg.pq import Format

from weimin.residents.models import ImportFile, ImportPart
from weimin.walls.prepared import prepared


def content_of(model: type[ImportFile | ImportPart], pk: int) -> bytes | None:
    """None when it was emptied; DoesNotExist of the model when the wall hides the row or there is none."""
    with prepared() as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.execute(f'SELECT content FROM "{model._meta.db_table}" WHERE id = %s', [pk])
        found = cursor.fetchone()
    if found is None:
        raise model.DoesNotExist
    field: Any = model._meta.get_field("content")
    opened: bytes | None = field.from_db_value(found[0], None, connection)
    return opened
