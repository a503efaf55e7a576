"""Chinese or English for what is said before Django is there: starting, the embedded database, backups.

Everything else goes through gettext.
"""

import os


class _Chosen:
    english = os.environ.get("LANGUAGE", "").lower().startswith("en")


def choose(language: str) -> None:
    """'zh' or 'en', for the rest of this process."""
    _Chosen.english = language == "en"


def either(chinese: str, english: str) -> str:
    return english if _Chosen.english else chinese
