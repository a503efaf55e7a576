"""A higher room may hold a site's state: while it does, the state is changed there and not here."""

from __future__ import annotations

from collections.abc import Callable

from weimin.sites.models import Site

StateCheck = Callable[[Site, str], None]
_checks: list[StateCheck] = []


def on_state_check(check: StateCheck) -> StateCheck:
    """Registers `(site, wanted state) -> None`; it raises RuleBroken with the sentence when the state may not be changed here."""
    _checks.append(check)
    return check


def check_free(site: Site, state: str) -> None:
    for check in _checks:
        check(site, state)
