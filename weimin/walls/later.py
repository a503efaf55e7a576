"""Heavy packages that most processes never need: named at the top of a module as ever, loaded when first used.

Polars, openpyxl, python-docx and HiGHS with numpy cost a second of each start and a hundred megabytes of each process.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module until something of it is wanted: `pl = Later("polars")`, then `pl.DataFrame` as usual."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
