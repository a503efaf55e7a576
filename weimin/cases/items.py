"""The item that a case is for. A published version never changes, so what it says is kept in the process."""

from __future__ import annotations

from weimin.cases.models import Case
from weimin.cases.rules_way import Stage, way_of
from weimin.catalogue.content import ItemContent
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import get_version
from weimin.walls.tenancy import here

MOST = 3000
_kept: dict[tuple[int, int], ItemContent] = {}


def content_of(case: Case) -> ItemContent:
    """The implementation list that the case started with; no query once it is known."""
    if case._state.fields_cache.get("item_version"):
        return case.item_version.content
    key = (here().code, case.item_version_id)
    if key not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = get_version(case.item_version_id).content
    return _kept[key]


def remember(version: ItemVersion) -> ItemContent:
    """A version that was read anyway."""
    return _kept.setdefault((here().code, version.pk), version.content)


def stages_of(case: Case) -> tuple[Stage, ...]:
    return way_of(content_of(case), case.desk)
