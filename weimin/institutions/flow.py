"""Steps of this room: an inspection from the plan to the end of mending, a rating until it is published, a licence that ends soon."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.calendars.clock import Limit
from weimin.flows.registry import Flow, Move, State, register_flow
from weimin.institutions.models import Inspection, InspectionState, Institution, Rating, RatingState
from weimin.institutions.tables import shipped_rating

INSPECTION, RATING, LICENCE = "institution_inspection", "institution_rating", "institution_licence"
DESKS = {"planned": "health_bureau", "rectifying": "institution", "reported": "health_bureau"}
INSPECTION_STATES = tuple(State(str(state.value), state.label, DESKS.get(str(state.value), "")) for state in InspectionState)
INSPECTION_MOVES = (
    Move("", "institutions.plan_inspection", "planned"),
    Move("planned", "institutions.inspect", "passed"),
    Move("planned", "institutions.inspect", "rectifying"),
    Move("planned", "institutions.inspect", "failed"),
    Move("planned", "institutions.cancel_inspection", "cancelled"),
    Move("rectifying", "institutions.report_rectified", "reported"),
    Move("reported", "institutions.reinspect", "passed"),
    Move("reported", "institutions.reinspect", "rectifying"),
    Move("reported", "institutions.reinspect", "failed"),
)
RATING_LIMITS = {key: Limit(row["value"], "workday") for key, row in shipped_rating().items()}  # as shipped; actions ask for those of the day
RATING_STATES = tuple(
    State(str(state.value), state.label, "health_bureau" if state.value in RATING_LIMITS else "", RATING_LIMITS.get(str(state.value))) for state in RatingState
)
RATING_MOVES = (
    Move("", "institutions.apply_rating", "applied"),
    Move("applied", "institutions.confirm_rating", "confirmed"),
    Move("applied", "institutions.return_rating", "returned"),
    Move("confirmed", "institutions.publish_rating", "published"),
    Move("confirmed", "institutions.return_rating", "returned"),
)
LICENCE_STATES = (State("expiring", _("许可证快到期"), "institution"), State("renewed", _("已换证")))
LICENCE_MOVES = (Move("", "institutions.enter", "expiring"), Move("expiring", "institutions.renew_licence", "renewed"))


def institution_url(number: int) -> str:
    return reverse("institutions:institution", args=[number])


def inspection_url(number: int) -> str:
    return reverse("institutions:inspection", args=[number])


def rating_url(number: int) -> str:
    return reverse("institutions:rating", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(INSPECTION, _("统一标准检查"), Inspection._meta.label_lower, inspection_url, INSPECTION_STATES, INSPECTION_MOVES))
    register_flow(Flow(RATING, _("星级评定"), Rating._meta.label_lower, rating_url, RATING_STATES, RATING_MOVES))
    register_flow(Flow(LICENCE, _("许可证到期"), Institution._meta.label_lower, institution_url, LICENCE_STATES, LICENCE_MOVES))
