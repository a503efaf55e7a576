"""The stage on which the demonstration's story is told: who is there, and the one way anything happens (`act`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.datastructures import MultiValueDict

from weimin.actions.act import act
from weimin.actions.burden import KEY_DIGITS, MARK, MOMENT_DIGITS
from weimin.actions.models import Receipt
from weimin.calendars.queries import calendar_for
from weimin.demonstration.people import Seated, seat
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import Actor, system_actor

ZONE = ZoneInfo("Asia/Shanghai")
FILLED_IN = (40, 260)  # seconds: the quickest form, and how much longer others take
OFFICE_HOURS = (8, 30, 9 * 3600)  # from half past eight, for nine hours
Who = tuple[str, int] | tuple[str, int, str]  # role, region and, where the role sits twice in a region, its desk


@dataclass
class Stage:
    """One jurisdiction being filled. Days are counted from `today` backwards, so that the picture moves with the calendar."""

    jurisdiction: Jurisdiction
    today: date
    seats: dict[Who, Seated] = field(default_factory=dict)
    cards: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    office: str = ""

    @property
    def whole(self) -> Actor:
        """Reads of the story itself, over the whole jurisdiction."""
        return system_actor(self.jurisdiction.low, self.jurisdiction.high, name="demonstration")

    def enter(self, role: str, region: int, title: str, unit: str, *, says: str = "", place: str = "", desk: str = "") -> Seated:
        """Somebody takes a post; with `says` the sign-in page gets a card for it. `desk` tells two posts of one role in one region apart."""
        found = seat(len(self.seats), role, region, title=title, unit=unit, since=self.today - timedelta(days=400), today=self.today)
        self.seats[(role, region, desk) if desk else (role, region)] = found
        if says:
            self.cards.append({"post": found.post.pk, "name": found.actor.name, "role": role, "title": title, "place": place or unit, "says": says})
        return found

    def moment(self, days_ago: int) -> datetime:
        """A working moment so many days ago, later for each further act, never in the future or on a rest day."""
        day = self.today - timedelta(days=days_ago)
        calendar = calendar_for(self.jurisdiction.code)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
        hour, minute, span = OFFICE_HOURS
        when = datetime.combine(day, time(hour, minute), ZONE) + timedelta(seconds=self.number * 97 % span)
        return min(when, datetime.now(ZONE))

    def act(
        self, who: Who, name: str, data: Mapping[str, Any], days_ago: int, *, target: Any = None, files: Mapping[str, Any] | None = None
    ) -> Receipt:  # fmt: skip
        """One action of one person on one day."""
        self.number += 1
        now = self.moment(days_ago)
        given = MultiValueDict({key: [upload] for key, upload in files.items()}) if files else None
        return act(self.seats[who].actor, name, data, self.key(now), target=target, files=given, now=now)

    def key(self, now: datetime) -> str:
        """As a page gives it, opened some minutes before, so that the measured burden has something to show."""
        opened = now - timedelta(seconds=FILLED_IN[0] + self.number * 37 % FILLED_IN[1])
        return f"{int(opened.timestamp() * 1000):0{MOMENT_DIGITS}x}{MARK}{self.number:0{KEY_DIGITS - MOMENT_DIGITS - 1}d}"
