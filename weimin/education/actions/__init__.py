from weimin.education.actions import activities, boards, kits, letters, materials, plans, quizzes

__all__ = ["activities", "boards", "kits", "letters", "materials", "plans", "quizzes"]
