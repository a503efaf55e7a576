"""Lends to the ground floors what they may not import: words for actions and regions, the Excel writer, the queue."""

from __future__ import annotations

from typing import Any

from weimin.actions.registry import ACTIONS
from weimin.config.jobs import defer
from weimin.regions.queries import names
from weimin.sheets.export import export, watermark
from weimin.trail.labels import label_from
from weimin.trail.places import names_from
from weimin.ui.workbook import write_with
from weimin.walls.periodic import wake_with


def label_of(action: str) -> Any:
    """The words of an action, or nothing when it is no longer registered."""
    return ACTIONS[action].label if action in ACTIONS else None


def lend_all() -> None:
    label_from(label_of)
    names_from(names)
    write_with(export, watermark)
    wake_with(defer)
