"""Second wall: the database itself is told who acts, for the length of one transaction.

The settings are literal `SET LOCAL` statements (set_config() and session-level SET do not reach the workers of a
cluster: scale.md, rule 4). The role `weimin_app` owns nothing and cannot change the trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from weimin.walls.actor import Actor
from weimin.walls.tenancy import tenancy

APPLICATION_ROLE = "weimin_app"


def opening_statements(actor: Actor, role: str = APPLICATION_ROLE) -> str:
    """The literal statements for an actor. Purposes are identifiers of our own registry, never typed text."""
    purposes = ",".join(sorted(actor.purposes))
    if not all(part.isidentifier() or part == "*" for part in purposes.split(",") if part):
        raise ValueError(f"odd purpose: {purposes!r}")
    return (
        f"SET LOCAL ROLE {role}; SET LOCAL weimin.low = '{actor.low:d}'; "
        f"SET LOCAL weimin.high = '{actor.high:d}'; SET LOCAL weimin.person = '{actor.person or 0:d}'; "
        f"SET LOCAL weimin.purposes = '{purposes}'"
    )


CLOSING = "SET LOCAL ROLE NONE; SET LOCAL weimin.low = ''; SET LOCAL weimin.high = ''; SET LOCAL weimin.person = ''; SET LOCAL weimin.purposes = ''"


def current_actor() -> Actor | None:
    """The actor the open transaction was entered for, or None."""
    return getattr(connection, "weimin_actor", None)


def current_role() -> str:
    """The database role of the open transaction; without an actor it is the login's own."""
    return getattr(connection, "weimin_role", "NONE")


def tell_database(actor: Actor | None, role: str = APPLICATION_ROLE) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opening_statements(actor, role) if actor else CLOSING)


@contextmanager
def entered(actor: Actor, *, role: str = APPLICATION_ROLE) -> Iterator[None]:
    """One transaction in which the database shows and accepts only what `actor` covers. Nests; restores the outer one.

    An action inside a request of the same actor finds the walls standing and only opens its savepoint.

    role: NONE stays the login role, which owns the tables: only for jobs that seal, re-encrypt or move data.
    """
    outer, outer_role = current_actor(), current_role()
    standing = (outer, outer_role) == (actor, role) and connection.in_atomic_block
    tenancy.weimin_actor, tenancy.weimin_role = actor, role
    try:
        with transaction.atomic():
            if not standing:
                tell_database(actor, role)
            yield
            if not standing and (connection.savepoint_ids or outer) and not connection.needs_rollback:
                tell_database(outer, outer_role)
    finally:
        tenancy.weimin_actor, tenancy.weimin_role = outer, outer_role
