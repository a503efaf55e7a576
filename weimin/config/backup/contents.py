"""What is in a database, as figures that do not depend on the order of rows: counts, hashes, sequences, trail heads."""
# Both languages are here: gettext is not loaded yet.
# text: data

from dataclasses import dataclass

from psycopg import sql

from weimin.config.backup.keeper import Connection
from weimin.config.language import either

TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""
SEQUENCES = "SELECT schemaname, sequencename, COALESCE(last_value, 0) FROM pg_sequences ORDER BY 1, 2"
# The sum of 120 bits of each row's SHA-256 is the same in any order and changes with any row added, lost or edited.
HASH = """
    SELECT count(*), COALESCE(sum(('x' || substr(h, 1, 15))::bit(60)::bigint::numeric), 0)::text || '-' ||
                     COALESCE(sum(('x' || substr(h, 16, 15))::bit(60)::bigint::numeric), 0)::text
    FROM (SELECT encode(sha256(convert_to(t::text, 'UTF8')), 'hex') AS h FROM ONLY {} AS t) AS hashed
"""


@dataclass(frozen=True)
class Contents:
    """tables: "schema.table" → [rows, hash]; sequences: "schema.name" → last value."""

    tables: dict[str, list]
    sequences: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())


def read_contents(connection: Connection) -> Contents:
    """Every ordinary table of every schema of ours; one pass over each."""
    tables: dict[str, list] = {}
    for schema, table in connection.execute(TABLES).fetchall():
        found = connection.execute(sql.SQL(HASH).format(sql.Identifier(schema, table))).fetchone()
        tables[f"{schema}.{table}"] = list(found or [0, ""])
    sequences = {f"{schema}.{name}": value for schema, name, value in connection.execute(SEQUENCES).fetchall()}
    return Contents(tables, sequences)


def differences(wanted: Contents, found: Contents) -> list[str]:
    """Sentences, one for each table or sequence that is not what the backup says; [] when all agree.

    A sequence may be ahead (numbers are handed out outside transactions) but not behind: it would hand out used numbers.
    """
    lines = []
    for name in sorted(wanted.tables.keys() | found.tables.keys()):
        ours, theirs = wanted.tables.get(name), found.tables.get(name)
        if theirs is None:
            lines.append(either(f"缺少表 {name}", f"table {name} is missing"))
        elif ours is None:
            lines.append(either(f"多出表 {name}", f"table {name} is too much"))
        elif ours[0] != theirs[0]:
            lines.append(
                either(
                    f"表 {name} 应有 {ours[0]} 行，实有 {theirs[0]} 行",
                    f"table {name} should have {ours[0]} rows and has {theirs[0]}",
                )
            )
        elif ours[1] != theirs[1]:
            lines.append(either(f"表 {name} 的内容与备份时不同", f"table {name} has other contents"))
    for name, value in wanted.sequences.items():
        if found.sequences.get(name, -1) < value:
            lines.append(either(f"序列 {name} 落后于备份", f"sequence {name} is behind"))
    return lines
