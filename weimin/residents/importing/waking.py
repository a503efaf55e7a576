"""The worker looks every minute by itself; this makes it look at once."""

from __future__ import annotations

from weimin.walls.periodic import wake

DUTY = "residents.work_imports"


def wake_worker() -> None:
    """After the transaction that ordered something has ended well."""
    wake(DUTY)
