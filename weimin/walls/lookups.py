"""Prefix search that PostgreSQL may push below a row-level policy.

`LIKE` is not leakproof: under a policy its index cannot be used before the policy (777 ms instead of 1 ms on a
million rows). `^@` (starts_with) is leakproof. Use `name__prefix="酉"`, never `startswith`, on walled tables.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class Prefix(Lookup):
    lookup_name = "prefix"
    prepare_rhs = True

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", (*left_params, *right_params)
