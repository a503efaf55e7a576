"""The canonical form of an entry: the bytes that are sealed. Defined once, for sealing and for verification.

One entry is the line that `COPY … TO STDOUT` writes for it, without the newline: columns in the order of COLUMNS,
separated by tabs, tab, newline and backslash inside a value escaped, NULL as \\N (an empty text is empty). Times are
whole microseconds since 1970, so that neither time zone nor date style changes them; jsonb has one text form.
"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connection

FORM = 1
COLUMNS = {
    "id": "id",
    "at": "(extract(epoch FROM at) * 1000000)::bigint",
    "person": "person",
    "person_name": "person_name",
    "post": "post",
    "role": "role",
    "ip": "ip",
    "channel": "channel",
    "action": "action",
    "subject_type": "subject_type",
    "subject_id": "subject_id",
    "before": "before",
    "after": "after",
    "reason": "reason",
    "region": "region",
}
FIRST = bytes(32)  # what the first leaf is chained to
SM3_ALGORITHM = SM3()


def leaf(previous: bytes, line: bytes) -> bytes:
    """SM3 of the leaf before and the canonical bytes of an entry: 32 bytes."""
    digest = Hash(SM3_ALGORITHM)
    digest.update(previous + line)
    return digest.finalize()


def lines(after: int, up_to: int, limit: int | None = None) -> Iterator[tuple[int, bytes]]:
    """(id, canonical bytes) of the entries of the current schema with after < id <= up_to, in the order of ids."""
    most = "" if limit is None else f" LIMIT {limit:d}"
    wanted = f"SELECT {', '.join(COLUMNS.values())} FROM trail_entry WHERE id > {after:d} AND id <= {up_to:d} ORDER BY id{most}"
    with connection.cursor() as cursor, cursor.copy(f"COPY ({wanted}) TO STDOUT") as copy:
        for data in copy:
            line = bytes(data)[:-1]
            yield int(line[: line.index(b"\t")]), line
