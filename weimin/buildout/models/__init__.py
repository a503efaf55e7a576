"""Tables of the build-out, one aggregate a file."""

from weimin.buildout.models.money import Allocation, Budget, Consequence, Disbursement, Invoice
from weimin.buildout.models.plan import Batch, Goal, GoalReading, Plan, PlanVersion
from weimin.buildout.models.project import BUILT, DONE, Project, ProjectState, Quota
from weimin.buildout.models.publicity import Bulletin, Campaign
from weimin.buildout.models.quality import Acceptance
from weimin.buildout.models.siting import Candidate, SitingRun

__all__ = [
    "BUILT", "DONE", "Acceptance", "Allocation", "Batch", "Budget", "Bulletin", "Campaign", "Candidate", "Consequence", "Disbursement", "Goal",
    "GoalReading", "Invoice", "Plan", "PlanVersion", "Project", "ProjectState", "Quota", "SitingRun",
]  # fmt: skip
