"""Words for what is on the trail. The actions room is above this one, so the house lends its words at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

OWN: dict[str, Any] = {
    "trail.view": _("查看完整信息"),
    "trail.search": _("查询留痕"),
    "trail.export": _("导出留痕"),
}
_lent: list[Callable[[str], Any]] = []


def label_from(source: Callable[[str], Any]) -> None:
    """Takes a function (action name) → words, or None when it does not know the action."""
    _lent[:] = [source]


def named(entry: str, words: Any) -> None:
    """Words for what a room records without an action: an export, a print. In AppConfig.ready()."""
    OWN[entry] = words


def label_for(action: str) -> str:
    """What people call an action; its name when nobody knows it any more."""
    words = OWN.get(action) or next((found for source in _lent if (found := source(action))), None)
    return str(words or action)
