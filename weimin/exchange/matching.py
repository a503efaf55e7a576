"""Who a bundle is about: by the document's number, else by name and birth date among those without another number."""

from __future__ import annotations

from dataclasses import dataclass

from weimin.exchange.rules_lines import Item
from weimin.residents.models import Resident, ResidentStatus
from weimin.residents.naming import tidy_name
from weimin.residents.queries import find_by_id_number
from weimin.residents.rules import upgraded
from weimin.walls.actor import Actor

BY_NUMBER, BY_NAME, NOBODY = "number", "name", ""
MOST = 5


@dataclass(frozen=True)
class Match:
    """`people`: one when the number says so, those who may be it otherwise."""

    people: list[Resident]
    by: str

    def chosen(self, pk: int | None) -> Resident | None:
        """The one that the person ticked, or the only one."""
        if pk is None:
            return self.people[0] if len(self.people) == 1 else None
        return next((one for one in self.people if one.pk == pk), None)


def who(actor: Actor, person: Item) -> Match:
    number = upgraded(person.get("id_number") or "")
    if number and (found := find_by_id_number(actor, number)) is not None:
        return Match([found], BY_NUMBER)
    if not person.get("name") or not person.get("birth_on"):
        return Match([], NOBODY)
    rows = Resident.objects.visible_to(actor).filter(name=tidy_name(person["name"]), birth_on=person["birth_on"], place__gte=actor.low, place__lte=actor.high)
    living = rows.filter(status=ResidentStatus.LIVING).order_by("pk")[: MOST * 4]
    people = [one for one in living if not (number and one.id_number and one.id_number != number)][:MOST]
    return Match(people, BY_NAME if people else NOBODY)
