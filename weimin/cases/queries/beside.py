"""What stands beside a case on its page: papers given out, the mandate it is done under, its rating. Three queries."""

from __future__ import annotations

from typing import Any

from weimin.cases.issuing import papers_for_case
from weimin.cases.models import Case
from weimin.cases.queries.agency import client_for_case, mandate_of
from weimin.cases.queries.rating import rating_of
from weimin.cases.rules_rating import GRADES
from weimin.walls.actor import Actor

DEVICES = ("window", "village")  # where the resident may rate on the spot; offered whether or not it was rated, so that nothing is given away


def of_case(actor: Actor, case: Case, parts: dict[str, list[Any]]) -> dict[str, Any]:
    """parts: what the page has read of the case already, by model name."""
    rating = rating_of(actor, case)
    return {
        "issued": papers_for_case(actor, case, parts["casenotice"], parts["delivery"]), "mandate": mandate_of(actor, case),
        "client": client_for_case(case), "rating": rating, "grade": GRADES[rating.grade] if rating else "",
        "takes_rating": actor.role in DEVICES and bool(case.delivered_at or case.closed_at),
    }  # fmt: skip
