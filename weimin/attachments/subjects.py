"""What files can be attached to. A higher room registers its records; this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weimin.attachments.rules import KINDS
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible

Find = Callable[[Actor, int], Any]  # starts at visible_to(actor); raises DoesNotExist
Check = Callable[[Any, Actor, datetime], None]  # raises RuleBroken when the record takes no more files


@dataclass(frozen=True)
class SubjectType:
    """A type of record: how it is found, which kinds of file it takes, and when it takes or gives up none."""

    name: str
    find: Find
    kinds: tuple[str, ...]
    check: Check | None


@dataclass(frozen=True)
class Subject:
    """One record that a file goes to."""

    type: SubjectType
    id: int
    record: Any

    @property
    def pk(self) -> str:
        """The target of `attachments.upload`, so that `{% action_button "attachments.upload" subject %}` works."""
        return f"{self.type.name}:{self.id}"

    @property
    def region(self) -> int:
        return self.record.region

    def __str__(self) -> str:
        return str(self.record)


SUBJECTS: dict[str, SubjectType] = {}


def register_subject(name: str, *, find: Find, kinds: Iterable[str] = (), check: Check | None = None) -> None:
    """`name` is the model's label ("sites.site"); `find` gives the record, which has `region`; no kinds = all kinds."""
    SUBJECTS[name] = SubjectType(name, find, tuple(kinds), check)


def find_subject(actor: Actor, target: str) -> Subject:
    """The record of "sites.site:12" as the actor may see it. NotVisible for what is unknown, hidden or malformed."""
    name, _, number = str(target or "").partition(":")
    if name not in SUBJECTS or not number.isdecimal():
        raise NotVisible()
    return Subject(SUBJECTS[name], int(number), SUBJECTS[name].find(actor, int(number)))


def subject_for(name: str, record: Any) -> Subject:
    """A record that a page has already, as the target of the upload button."""
    return Subject(SUBJECTS[name], record.pk, record)


def kinds_of(subject: Subject | None) -> list[str]:
    return list(subject.type.kinds if subject and subject.type.kinds else KINDS)
