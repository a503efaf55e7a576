"""Ratings in any state, as the actions would have left them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from weimin.cases.flow_rating import RATING
from weimin.cases.models import Case, Rating
from weimin.cases.tests.builders import make_case
from weimin.catalogue.tests.builders import NOW
from weimin.flows.steps import open_step

OPEN = ("contact", "mend", "appeal", "call_back")
RATED = {"grade": "1", "tags": ["slow"], "words": "跑了三趟", "channel": ""}


def make_rating(region: int, state: str = "kept", case: Case | None = None, now: datetime = NOW, **over: Any) -> Rating:
    """A rating of a delivered case; a bad one unless it is `kept`, with its open step."""
    case = case or make_case(region, "delivered", now=now)
    bad = state != "kept"
    facts: dict[str, Any] = {
        "item_name": case.item_name, "grade": 1 if bad else 5, "tags": ["slow"] if bad else ["fast"], "words": "跑了三趟" if bad else "", "channel": "qr",
        "rater_name": case.applicant_name, "rater_phone": case.applicant_phone, "rated_at": now, "desk": "township", "state": state,
        "mend_by": date(2026, 12, 14) if bad else None,
    }  # fmt: skip
    if state in ("call_back", "closed"):
        facts |= {"mended_at": now, "mended_by": "李四", "mending": "当面致歉"}
    if state == "closed":
        facts |= {"called_back_at": now, "called_back_by": "王五", "satisfied": True, "mended_late": False}
    rating = Rating.objects.create(case=case, region=region, **{**facts, **over})
    if state in OPEN:
        open_step(RATING, state, rating, title=f"差评：{rating.item_name}", region=region, now=now, role=rating.desk if state == "mend" else "")
    return rating
