"""The words of the standard's forms in the language of the reader: the forms themselves, what is stored and every paper stay Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language
from ruamel.yaml import YAML

TABLES = [Path(__file__).parent / "data" / name for name in ("english.yaml", "english_sources.yaml")]
COMMA = "、"  # text: data


@cache
def english() -> dict[str, str]:
    return {str(words): str(said) for table in TABLES for words, said in YAML(typ="safe").load(table.read_text("utf-8")).items()}


def further_words(table: Path) -> None:
    """A room's own words, beside those of the forms; called once by AppConfig.ready()."""
    if table not in TABLES:
        TABLES.append(table)
        english.cache_clear()


def reads_english() -> bool:
    return (get_language() or "").startswith("en")


def in_words(text: str) -> str:
    """A label, a code's words, a hint; what nobody translated is shown as it is."""
    return english().get(text, text) if reads_english() else text


later_words = lazy(in_words, str)  # for labels that are made before it is known who reads them


def choices_of(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, in_words(words)) for code, words in codes.items()]


def listed_in_words(text: str) -> str:
    """Several codes' words in one line, or a value with its unit."""
    if not reads_english():
        return text
    return ", ".join(in_words(part) if part in english() else with_unit(part) for part in text.split(COMMA))


def with_unit(text: str) -> str:
    value, _space, unit = text.rpartition(" ")
    return f"{value} {in_words(unit)}" if value and unit in english() else text


def pairs_in_words(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(label, words) as a page lists them."""
    return [(in_words(label), listed_in_words(words)) for label, words in pairs]
