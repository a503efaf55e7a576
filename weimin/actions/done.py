"""Who hears of every action that was done. A higher room registers itself in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from weimin.actions.models import Receipt
from weimin.walls.actor import Actor

Listener = Callable[[Actor, Receipt, datetime], None]
LISTENERS: list[Listener] = []


def on_done(listener: Listener) -> Listener:
    """Registers `listener(actor, receipt, now)`: called once for each action, inside its transaction and behind the actor's walls.

    What it writes is there exactly when the action is; what it raises undoes the action, so it refuses nothing.
    """
    LISTENERS.append(listener)
    return listener


def tell_all(actor: Actor, receipt: Receipt, now: datetime) -> None:
    for listener in LISTENERS:
        listener(actor, receipt, now)
