"""What a bundle would do to a record: row by row what is new, what is here already, where the two sides differ. Pure; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from weimin.exchange.rules_bundle import Content, Part, in_order
from weimin.exchange.rules_keys import number_at
from weimin.exchange.rules_lines import Item, is_empty

NEW, SAME, DIFFERS, REFUSED = "new", "same", "differs", "refused"
OURS, THEIRS = "ours", "theirs"
IDENTITY = ("name", "gender", "birth_on", "phone", "address", "marital", "ethnicity", "education", "occupation")


@dataclass(frozen=True)
class Conflict:
    """Fields that both sides have, and not alike: taken or left together. `name` is the same as long as the two sides are."""

    name: str
    part: str
    fields: tuple[str, ...]
    ours: Item
    theirs: Item
    row: Item = field(default_factory=dict)

    @property
    def default(self) -> str:
        """Ours, unless there is nothing of ours to lose."""
        return THEIRS if all(is_empty(value) for value in self.ours.values()) else OURS


@dataclass
class Row:
    """One row of theirs, the row of ours that it is, and what follows."""

    part: str
    theirs: Item
    ours: Item | None
    status: str
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass
class Plan:
    """`fills`: answers of the personal form that only they have. `differs`: facts of the register, which are not changed from here."""

    rows: list[Row]
    fills: dict[str, Any]
    personal: list[Conflict]
    differs: list[str]
    former: list[Item]
    opens: bool

    @property
    def conflicts(self) -> list[Conflict]:
        return [*self.personal, *(one for row in self.rows for one in row.conflicts)]

    @property
    def counts(self) -> dict[str, Counter[str]]:
        """Part → status → how many."""
        found: dict[str, Counter[str]] = {}
        for row in self.rows:
            found.setdefault(row.part, Counter())[row.status] += 1
        return found

    @property
    def digest(self) -> str:
        """Changes when either side does: what somebody looked at is what they decide about."""
        text = repr([(row.part, row.theirs["key"], row.status, [one.name for one in row.conflicts]) for row in self.rows])
        return sha256((text + repr(sorted(self.fills)) + repr([one.name for one in self.personal])).encode()).hexdigest()[:32]


def plan_of(theirs: Content, ours: Content | None, jurisdiction: int) -> Plan:
    """`ours`: the record here, None when there is none yet."""
    mine = ours or Content()
    rows = [row for part in in_order() for row in plan_part(part, theirs.rows.get(part.name, []), mine.rows.get(part.name, []), jurisdiction)]
    refuse_dependents(rows)
    fills, personal = plan_personal(theirs.record.get("personal") or {}, mine.record.get("personal") or {})
    return Plan(rows, fills, personal, differing(theirs.person, mine.person), former_numbers(theirs, mine), ours is None)


def refuse_dependents(rows: list[Row]) -> None:
    """What hangs on a row that stays out stays out with it (`of`)."""
    out = {row.theirs["key"] for row in rows if row.status == REFUSED}
    for row in rows:
        if row.ours is None and row.theirs.get("of") in out:
            row.status = REFUSED


def plan_part(part: Part, theirs: list[Item], ours: list[Item], jurisdiction: int) -> list[Row]:
    """By number first, on either side's; then by what the row is. Nothing of ours is matched twice.

    What was corrected at theirs goes with its correction: when that turns out to be a row of ours, so does it.
    """
    known = {key: row for row in ours for key in keys(row)}
    matched = {row["key"]: known[key] for row in theirs for key in keys(row) if key in known}
    by_key, corrected_by = {row["key"]: row for row in theirs}, {row["corrects"]: row["key"] for row in theirs if row.get("corrects")}
    taken = {id(row) for row in matched.values()}
    for row in theirs:
        if row["key"] in matched or row["key"] in corrected_by or claims_home(row, jurisdiction):
            continue
        mine = part.twin(row, [one for one in ours if id(one) not in taken])
        if mine is not None:
            taken.add(id(mine))
            matched[row["key"]] = mine
            matched |= dict.fromkeys([key for key in before(row, by_key) if key not in matched], mine)
    goes_along = {key for key, later in corrected_by.items() if key in matched and matched[key] is matched.get(later)}
    return [judged(part, row, matched.get(row["key"]), jurisdiction, row["key"] in goes_along) for row in theirs]


def before(row: Item, by_key: dict[str, Item]) -> list[str]:
    """The rows of theirs that it corrects, one behind the other (the upload was refused when they ran in a circle)."""
    found = []
    while row is not None and row.get("corrects"):
        found.append(row["corrects"])
        row = by_key.get(row["corrects"])  # type: ignore[assignment]
    return found


def keys(row: Item) -> list[str]:
    return [row["key"], *row.get("also", [])]


def claims_home(row: Item, jurisdiction: int) -> bool:
    """It says it was made here, and this person has no such row."""
    return any(number_at(key, jurisdiction) is not None for key in keys(row))


def judged(part: Part, theirs: Item, ours: Item | None, jurisdiction: int, earlier: bool) -> Row:
    if ours is None:
        return Row(part.name, theirs, None, REFUSED if claims_home(theirs, jurisdiction) else NEW)
    if earlier:
        return Row(part.name, theirs, ours, SAME)
    conflicts = [one for group in part.groups if (one := compared(part.name, group, theirs, ours)) is not None]
    return Row(part.name, theirs, ours, DIFFERS if conflicts else SAME, conflicts)


def compared(part: str, group: tuple[str, ...], theirs: Item, ours: Item) -> Conflict | None:
    fields = tuple(name for name in group if unlike(theirs.get(name), ours.get(name)))
    if all(is_empty(theirs.get(name)) for name in fields):
        return None  # alike, or ours has more
    mine, yours = {name: ours.get(name) for name in fields}, {name: theirs.get(name) for name in fields}
    return Conflict(name_of(part, theirs["key"], mine, yours), part, fields, mine, yours, theirs)


def unlike(theirs: Any, ours: Any) -> bool:
    return theirs != ours and not (is_empty(theirs) and is_empty(ours))


def name_of(part: str, key: str, mine: Item, yours: Item) -> str:
    return "c_" + sha256(repr((part, key, sorted(mine.items(), key=str), sorted(yours.items(), key=str))).encode()).hexdigest()[:16]


def plan_personal(theirs: dict[str, Any], ours: dict[str, Any]) -> tuple[dict[str, Any], list[Conflict]]:
    """(answers that only they have, answers that differ)."""
    fills = {name: value for name, value in theirs.items() if is_empty(ours.get(name)) and not is_empty(value)}
    both = [name for name in theirs if not is_empty(ours.get(name)) and not is_empty(theirs[name]) and theirs[name] != ours[name]]
    return fills, [
        Conflict(name_of("personal", name, {name: ours[name]}, {name: theirs[name]}), "personal", (name,), {name: ours[name]}, {name: theirs[name]})
        for name in both
    ]


def differing(theirs: Item, ours: Item) -> list[str]:
    """Facts of the register that both sides know, and not alike."""
    return [name for name in IDENTITY if not is_empty(theirs.get(name)) and not is_empty(ours.get(name)) and theirs[name] != ours[name]]


def former_numbers(theirs: Content, ours: Content) -> list[Item]:
    """Numbers that the record had elsewhere and that are not known here."""
    known = {ours.person.get("number"), *(row["number"] for row in ours.person.get("former", []))}
    last = {"number": theirs.person.get("number", ""), "place": theirs.source.get("institution", ""), "until_on": theirs.record.get("inactive_on")}
    rows = [*theirs.person.get("former", []), last | {"why": theirs.record.get("inactive_reason", ""), "state": theirs.record.get("state", "")}]
    found = {row["number"]: row for row in rows if row["number"] and row["number"] not in known}
    return list(found.values())


def taken(conflicts: Collection[Conflict], chosen: dict[str, str]) -> dict[str, Any]:
    """The values of theirs that were chosen, by field."""
    return {name: value for one in conflicts if chosen.get(one.name, one.default) == THEIRS for name, value in one.theirs.items()}
