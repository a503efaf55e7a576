"""What a person is advised after a visit, by rule. Pure; from the guidance of A-12, A-20 and A-30."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

FEW_TIMES = 3  # exercise three times a week at least


def advice(found: Mapping[str, Any], reasons: Iterable[str], *, emergency: bool) -> list[str]:
    """Keys of `wording.ADVICE`, the most important first. `found`: the findings of the visit by field; `reasons`: those of its verdicts."""
    why = set(reasons)
    rules = (
        ("hospital_now", emergency),
        ("take_medicine", found.get("adherence") in ("2", "3")),
        ("report_adverse", "adverse" in why),
        ("measure_daily", bool(why & {"pressure_high", "pressure_crisis"})),
        ("less_staple", bool(why & {"glucose_high", "glucose_crisis"})),
        ("carry_sugar", found.get("low_glucose") in ("2", "3") or "glucose_low" in why),
        ("watch_feet", found.get("foot_pulse") in ("2", "3")),
        ("less_salt", found.get("salt") in ("2", "3")),
        ("stop_smoking", positive(found.get("smoking"))),
        ("less_alcohol", positive(found.get("drinking"))),
        ("more_sport", found.get("sport_times") is not None and int(found["sport_times"]) < FEW_TIMES),
        ("good_mood", found.get("mood") == "3"),
        ("family_watches", bool(why & {"risk_high", "insight_absent", "symptoms_marked"})),
    )
    return [key for key, holds in rules if holds]


def positive(value: Any) -> bool:
    return value is not None and int(value) > 0
