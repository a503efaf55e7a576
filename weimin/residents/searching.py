"""Finding residents by what people say: a name or a part of it, pinyin, initials, the last six of a number, a whole number, phone, address.

Which kinds a text can be is decided by its shape; each kind is one walk of one index (`in_queue_order`: under the policy of the
wall the planner cannot know how much of the table a post covers, and would rather read it all than walk an index).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from weimin.flows.listing import in_queue_order
from weimin.residents.models import Resident, ResidentStatus
from weimin.residents.naming import tidy_name
from weimin.residents.rules import EIGHTEEN, tidy_number, upgraded
from weimin.secrets.cipher import hash_for
from weimin.walls.actor import Actor

PHONE = re.compile(r"1\d{10}|0\d{9,11}")
TAIL = re.compile(r"\d{5}[\dX]")
LETTERS = re.compile(r"[a-z]+")
MOST_INITIALS = 6
LONGEST = 60
PLACE = re.compile(r"\d|[组号村路街巷弄室栋幢镇乡]")  # text: data


def search(actor: Actor, text: str, limit: int = 20, only: Q | None = None) -> list[Resident]:
    """At most `limit` residents of the actor's range, best kinds first; those merged into another record are not found.

    only: further conditions, as the filters of a list have them.
    """
    found: dict[int, Resident] = {}
    for rows in ways(actor, text.replace("\x00", "").strip()[:LONGEST]):
        wanted = rows.filter(only) if only is not None else rows
        with in_queue_order():
            found |= {row.pk: row for row in wanted[: limit - len(found)] if row.pk not in found}
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def ways(actor: Actor, text: str) -> Iterator[QuerySet[Resident]]:
    """One queryset for each thing that the text may be, ordered as its index is."""
    text, number = unicodedata.normalize("NFKC", text), tidy_number(text)
    if not number:
        return
    if any(mark.isdigit() for mark in number) and number.isascii():
        yield from by_number(actor, number)
    if (letters := text.replace(" ", "").replace("'", "").lower().replace("ü", "v")) and LETTERS.fullmatch(letters):
        yield from by_letters(actor, letters)
    elif not number.isascii():
        yield from by_words(actor, tidy_name(text))


def people(actor: Actor) -> QuerySet[Resident]:
    return Resident.objects.visible_to(actor).exclude(status=ResidentStatus.MERGED)


def by_number(actor: Actor, number: str) -> Iterator[QuerySet[Resident]]:
    if TAIL.fullmatch(number):
        yield people(actor).filter(id_tail_lookup=hash_for("id_tail", number))
    elif PHONE.fullmatch(number):
        yield people(actor).filter(phone_lookup=hash_for("phone", number))
    if EIGHTEEN.fullmatch(upgraded(number)):
        yield people(actor).filter(id_lookup=hash_for("id_number", upgraded(number)))
    elif 7 <= len(number) <= 17 and not TAIL.fullmatch(number):
        yield people(actor).filter(id_lookup=hash_for("id_number", number))
    yield from (walk(actor, "address", number) if len(number) < 6 else ())


def by_letters(actor: Actor, letters: str) -> Iterator[QuerySet[Resident]]:
    if 2 <= len(letters) <= MOST_INITIALS:
        yield from walk(actor, "initials", letters)
        yield from walk(actor, "initials_other", letters)
    if len(letters) >= 2:
        yield from walk(actor, "pinyin", letters)
        yield from walk(actor, "pinyin_other", letters)


def by_words(actor: Actor, words: str) -> Iterator[QuerySet[Resident]]:
    yield from walk(actor, "name", words)
    yield from walk(actor, "given", words)
    if len(words) > 2 or PLACE.search(words):
        yield from walk(actor, "address", words)


def walk(actor: Actor, column: str, text: str) -> Iterator[QuerySet[Resident]]:
    """Rows whose column begins with a text, inside the range by the copy of the region that the index holds."""
    within = Q(place__gte=actor.low, place__lte=actor.high)
    rows = people(actor).filter(within, **{f"{column}__prefix": text})
    if column.endswith("_other"):
        rows = rows.exclude(**{column: ""})
    yield rows.order_by(column, "place")
