"""Every write about people: own password, code and leave (`own`), posts (`posts`), people (`people`)."""

from weimin.accounts.actions import own, people, posts

__all__ = ["own", "people", "posts"]
