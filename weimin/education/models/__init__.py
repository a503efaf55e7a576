"""Health education: activities, yearly plans, materials and boards, the letter to residents, quizzes, kits for households."""

from weimin.education.models.activities import ACTIVITY_MOVES, Activity, ActivityKind, ActivityState, PlaceKind, SignIn, YearPlan
from weimin.education.models.kits import KitHandout, KitKind, KitReceipt, KitStock
from weimin.education.models.letters import Letter, LetterDelivery, LetterWay
from weimin.education.models.materials import Board, BoardIssue, Material, MaterialMove, Medium
from weimin.education.models.quizzes import Phase, Quiz, QuizCount, Source

__all__ = [
    "ACTIVITY_MOVES", "Activity", "ActivityKind", "ActivityState", "Board", "BoardIssue", "KitHandout", "KitKind", "KitReceipt", "KitStock", "Letter",
    "LetterDelivery", "LetterWay", "Material", "MaterialMove", "Medium", "Phase", "PlaceKind", "Quiz", "QuizCount", "SignIn", "Source", "YearPlan",
]  # fmt: skip
