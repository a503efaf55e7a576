"""Finding an item by the words people use, in Chinese, pinyin or initials. A catalogue has some hundred items: all are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol, TypeVar

from pypinyin import Style, lazy_pinyin

from weimin.catalogue.content import ItemContent
from weimin.catalogue.parsed import Kept
from weimin.catalogue.vocabulary import Word, groups, life_events, themes

NAME, SAID, ABOUT = 3, 2, 1  # how much a match of the name, of the words people use, of theme, event or group counts


class Listed(Protocol):
    """A version of an item: its list, and the hash that stands for it."""

    @property
    def fingerprint(self) -> Any: ...

    @property
    def content(self) -> ItemContent: ...


Version = TypeVar("Version", bound=Listed)


@dataclass(frozen=True)
class Key:
    """One way to find an item: what is written, its pinyin, its initials, and what a match counts."""

    text: str
    pinyin: str
    initials: str
    weight: int


@lru_cache(maxsize=20_000)
def key(text: str, weight: int) -> Key:
    low = text.lower().replace(" ", "")
    return Key(low, "".join(lazy_pinyin(low)), "".join(lazy_pinyin(low, style=Style.FIRST_LETTER)), weight)


_keys: Kept[tuple[Key, ...]] = Kept()


def keys_of(content: ItemContent) -> tuple[Key, ...]:
    """Every way to find an item."""
    about = [*named(themes(), [content.theme]), *named(life_events(), content.life_events), *named(groups(), content.groups)]
    said = [key(word, SAID) for word in content.words]
    codes = [key(code, NAME) for code in (content.code, content.official_code) if code]
    return (key(content.name, NAME), *codes, *said, *(key(word, ABOUT) for word in about))


def named(words: dict[str, Word], chosen: Iterable[str]) -> list[str]:
    found = [words[one] for one in chosen if one in words]
    return [text for word in found for text in (word.name, word.english)]


def score(wanted: str, one: Key) -> int:
    """0 = no match; the whole before the beginning before the inside; what is written before how it sounds."""
    if wanted == one.text:
        return 40 + one.weight
    if one.text.startswith(wanted):
        return 30 + one.weight
    if wanted in one.text or (len(one.text) > 1 and one.text in wanted):
        return 20 + one.weight
    if wanted in (one.pinyin, one.initials):
        return 15 + one.weight
    if wanted.isascii() and len(wanted) > 1 and (one.pinyin.startswith(wanted) or one.initials.startswith(wanted)):
        return 10 + one.weight
    return one.weight if wanted.isascii() and len(wanted) > 3 and wanted in one.pinyin else 0


def pairs_of(text: str) -> list[str]:
    """Every two Chinese characters that stand side by side: what is left of a phrase that nobody wrote down as it was typed."""
    return [text[place : place + 2] for place in range(len(text) - 1) if all("\u4e00" <= sign <= "\u9fff" for sign in text[place : place + 2])]  # text: data


def rank_near(rows: Iterable[Version], text: str) -> list[Version]:
    """`rank`; when that finds nothing, the rows that have most pairs of characters in common with the text (老人补贴 → 老人…补贴)."""
    rows = list(rows)
    if found := rank(rows, text):
        return found
    pairs, scored = dict.fromkeys(pairs_of(text)), []
    for row in rows:
        keys = _keys.get(row.fingerprint, partial(keys_of, row.content))
        points = [max((one.weight for one in keys if pair in one.text), default=0) for pair in pairs]
        scored.append((-sum(map(bool, points)), -sum(points), row.content.code, row))
    scored.sort(key=lambda entry: entry[:3])
    most = scored[0][0] if scored else 0
    return [row for held, _points, _code, row in scored if held == most] if most else []


def rank(rows: Iterable[Version], text: str) -> list[Version]:
    """The rows that match every word of the text, best first; all of them when nothing is asked."""
    wanted = text.lower().split()
    scored = []
    for row in rows:
        keys = _keys.get(row.fingerprint, partial(keys_of, row.content))
        points = [max((score(word, one) for one in keys), default=0) for word in wanted]
        if all(points):
            scored.append((-sum(points), row.content.code, row))
    return [row for _points, _code, row in sorted(scored, key=lambda entry: entry[:2])]
