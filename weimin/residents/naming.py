"""Names as people look for them: the given name, pinyin and initials, and a second reading where characters have two."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin
from ruamel.yaml import YAML

READINGS = Path(__file__).parent / "data" / "readings.yaml"
DOTS = "··•・."


class NameColumns(NamedTuple):
    """The columns that searches read; lower case without blanks. `_other` is empty when the name is read in one way only."""

    given: str
    pinyin: str
    initials: str
    pinyin_other: str = ""
    initials_other: str = ""


Spelling = tuple[str, str]  # pinyin and initials of a part of a name


class Tables(NamedTuple):
    compounds: frozenset[str]
    compound_readings: dict[str, list[list[str]]]
    surnames: dict[str, list[str]]
    given: dict[str, list[str]]


@cache
def tables() -> Tables:
    content = YAML(typ="safe").load(READINGS.read_text("utf-8"))
    compound = {name: [reading.split() for reading in readings] for name, readings in content["compound_readings"].items()}
    return Tables(frozenset(content["compound_surnames"]), compound, content["surnames"], content["given"])


@lru_cache(maxsize=30_000)
def usual(mark: str) -> str:
    """The usual reading of one character; letters stay, everything else is dropped."""
    if mark.isascii():
        return mark.lower() if mark.isalnum() else ""
    read = lazy_pinyin(mark, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return read[0] if read else ""


def tidy_name(text: str) -> str:
    """As the register writes a name: no blanks inside Chinese names, one kind of dot, half-width letters."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    for dot in DOTS:
        plain = plain.replace(dot, "·")
    return plain if plain.isascii() else plain.replace(" ", "")


def surname_length(name: str) -> int:
    """How many characters are the surname: two of a compound one, else one; none in names with a dot, in letters or of one character."""
    if "·" in name or name.isascii() or len(name) < 2:
        return 0
    return 2 if len(name) > 2 and name[:2] in tables().compounds else 1


def given_of(name: str) -> str:
    """What follows the surname; in names with a dot what follows the first dot."""
    if "·" in name:
        return name.split("·", 1)[1]
    length = surname_length(name)
    return name[length:] if length else ""


def surname_readings(surname: str) -> list[list[str]]:
    """Syllables of each reading of a surname, the right one first."""
    known = tables()
    if surname in known.compound_readings:
        return known.compound_readings[surname]
    if len(surname) == 1:
        return [[reading] for reading in known.surnames.get(surname, [usual(surname)])]
    return [[usual(mark) for mark in surname]]


def given_readings(given: str) -> list[list[str]]:
    """Syllables of the usual reading of a given name and, where its first polyphone has another, of that."""
    known = tables().given
    first = [known[mark][0] if mark in known else usual(mark) for mark in given]
    for place, mark in enumerate(given):
        if len(known.get(mark, ())) > 1:
            return [first, [*first[:place], known[mark][1], *first[place + 1 :]]]
    return [first]


@lru_cache(maxsize=200_000)
def names_of(name: str) -> NameColumns:
    """The columns of a name. A surname's second reading wins over a given name's when a name has both."""
    tidy = tidy_name(name)
    if tidy.isascii():
        words = tidy.lower().split()
        return NameColumns(words[-1] if len(words) > 1 else "", "".join(words), "".join(word[0] for word in words))
    length = surname_length(tidy)
    surnames = spelled_surname(tidy[:length]) if length else ((),)
    givens = spelled_given(tidy[length:])
    first = joined(surnames[0], givens[0])
    other = joined(surnames[1], givens[0]) if len(surnames) > 1 else joined(surnames[0], givens[1]) if len(givens) > 1 else ("", "")
    return NameColumns(given_of(tidy), *first, *other)


@lru_cache(maxsize=20_000)
def spelled_surname(surname: str) -> tuple[Spelling, ...]:
    return tuple(spelled(reading) for reading in surname_readings(surname))


@lru_cache(maxsize=50_000)
def spelled_given(given: str) -> tuple[Spelling, ...]:
    """Thousands of people share a given name."""
    return tuple(spelled(reading) for reading in given_readings(given))


def spelled(syllables: list[str]) -> Spelling:
    return "".join(syllables), "".join(part[0] for part in syllables if part)


def joined(surname: Spelling | tuple[()], given: Spelling) -> Spelling:
    pinyin, initials = surname or ("", "")
    return (pinyin + given[0])[:160], (initials + given[1])[:40]
