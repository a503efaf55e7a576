"""People who serve at sites, how they were chosen, what they answer for, what volunteers did, and who leads the work."""

from weimin.staffing.models.people import (
    NOMINATION_MOVES,
    Appointment,
    Certificate,
    Filing,
    GroupMember,
    LeadingGroup,
    Nomination,
    NominationState,
    Worker,
)
from weimin.staffing.models.posts import Capacity, Holding, ServicePost
from weimin.staffing.models.volunteering import Activity, ActivityHours, ServiceProof

__all__ = [
    "NOMINATION_MOVES", "Activity", "ActivityHours", "Appointment", "Capacity", "Certificate", "Filing", "GroupMember", "Holding", "LeadingGroup",
    "Nomination", "NominationState", "ServicePost", "ServiceProof", "Worker",
]  # fmt: skip
