"""One township's service network in the demonstration: whose posts play in it, where people live, which centre is theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

from weimin.demonstration.stage import Stage, Who
from weimin.residents.models import Resident
from weimin.walls.session import entered


@dataclass
class Town:
    """The posts by which things happen; `village` is where the applicants live; `settled` the villages that get residents.

    site: the centre, once it stands. people: applicants that are handed out one after the other, so that nobody applies twice.
    """

    office: Who
    township: Who
    window: Who
    village: Who
    county: Who
    settled: list[int]
    per_village: int
    site: int = 0
    people: list[Resident] = field(default_factory=list)

    def someone(self, stage: Stage) -> Resident:
        """The next grown-up of the village with a telephone; the oldest come first."""
        if not self.people:
            with entered(stage.whole):
                rows = Resident.objects.filter(region=self.village[1], status="living", phone_lookup__isnull=False).order_by("birth_on", "pk")
                self.people = [row for row in rows[:120] if (stage.today - row.birth_on).days > 20 * 365][::-1]
        return self.people.pop()
