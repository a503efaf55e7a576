"""The forms of the standard as papers, filled in or empty: cover, personal information form, follow-up visits, self-care of elderly people."""

from weimin.health.papers import personal, self_care, visits

__all__ = ["personal", "self_care", "visits"]
