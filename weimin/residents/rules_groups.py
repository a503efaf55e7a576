"""Ages and the groups that follow from them. Pure."""

from __future__ import annotations

from datetime import date

BANDS = (60, 65, 80)


def age_on(born: date, on: date) -> int:
    """Full years on a day; somebody born on 29 February is a year older on 1 March of common years (Civil Code 1, by calendar)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def born_by(age: int, on: date) -> date:
    """The latest birth date of whoever is `age` full years old on a day."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:
        return date(on.year - age, 2, 28)


def bands_of(born: date, on: date) -> list[int]:
    """Which of 60+, 65+, 80+ somebody belongs to on a day."""
    return [band for band in BANDS if age_on(born, on) >= band]
