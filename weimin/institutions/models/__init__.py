"""Institutions, inspections of the unified standard, star ratings."""

from weimin.institutions.models.inspection import INSPECTION_MOVES, Inspection, InspectionRound, InspectionState
from weimin.institutions.models.institution import Catchment, Institution, InstitutionKind, MonthlyReport, NamedStar, PostKind, StaffPost
from weimin.institutions.models.rating import RATING_MOVES, QuarterBulletin, Rating, RatingState

__all__ = [
    "INSPECTION_MOVES", "RATING_MOVES", "Catchment", "Inspection", "InspectionRound", "InspectionState", "Institution", "InstitutionKind", "MonthlyReport",
    "NamedStar", "PostKind", "QuarterBulletin", "Rating", "RatingState", "StaffPost",
]  # fmt: skip
