"""Who may become a patient and is measured more often: high risk of hypertension (A-12). Pure.

Of the six items those that a record knows: age, pressure just below the diagnosis, hypertension of parents, siblings or children.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weimin.health.rules_outcome import Pressure
from weimin.health.standards import Standard

FAMILY, HYPERTENSION = ("father", "mother", "siblings", "children"), "2"  # of the personal information form


def at_risk(age: int, pressure: Pressure, personal: Mapping[str, Any], rule: Standard) -> bool:
    """`rule`: screening."""
    high = pressure.systolic >= rule.figure("risk_systolic") or pressure.diastolic >= rule.figure("risk_diastolic")
    return high or age >= rule.days("risk_age") or any(HYPERTENSION in (personal.get(one) or ()) for one in FAMILY)
