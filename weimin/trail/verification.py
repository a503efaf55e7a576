"""Finds what was done to the trail behind the application's back, and names the entry.

Every sealed entry is hashed anew on the leaf before it and compared with its own leaf; every seal with the one before,
with itself and with the anchor outside the database. Entries newer than the last seal (about a minute) are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django_tenants.utils import schema_context

from weimin.trail.anchors import Anchor, AnchorDamaged, anchor_of, path_of, read_anchors
from weimin.trail.canonical import FIRST, FORM, leaf, lines
from weimin.trail.models import Entry, Seal
from weimin.trail.sealing import as_owner
from weimin.walls.tenancy import tenancy

MOST_NAMED = 100
LOWEST = -(2**63)  # an entry with a number below one was never written by the application


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `kind`: changed, missing, added (an entry), seal_changed, seal_missing, anchors_lost, anchor_damaged.

    `entry` is the entry's number, or the first of the seal's when the seal as a whole is meant.
    """

    kind: str
    seal: int | None
    entry: int | None


@dataclass
class Report:
    """Result for one schema. `unsealed` entries were not checked; `unanchored` seals had no line outside yet."""

    schema: str
    sealed: int = 0
    seals: int = 0
    unsealed: int = 0
    unanchored: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return self.found == 0

    def add(self, kind: str, seal: int | None, entry: int | None) -> None:
        self.found += 1
        if len(self.findings) < MOST_NAMED:
            self.findings.append(Finding(kind, seal, entry))


def verify(schema: str) -> Report:
    """Checks the whole chain of a schema; 1,000,000 entries in under ten seconds."""
    report = Report(schema)
    with schema_context(schema), as_owner():
        numbers = list(Seal.objects.order_by("first_id").values_list("pk", flat=True))
        anchors = known_anchors(schema, numbers, report)
        after, head = LOWEST, FIRST.hex()
        for number in numbers:
            seal = Seal.objects.get(pk=number)
            after = step_over_missing(anchors, seal, after)
            check_seal(seal, head, anchors.get(number), report)
            check_entries(seal, after, report)
            after, head = max(after, seal.last_id), seal.head
        after = max([after, *(anchor.last for anchor in anchors.values())])
        report.seals, report.unsealed = len(numbers), Entry.objects.filter(pk__gt=after).count()
    return report


def known_anchors(schema: str, seals: Sequence[int], report: Report) -> dict[int, Anchor]:
    """Seal number → anchor; reports anchors without a seal (the tail was cut) and a lost or damaged file."""
    try:
        anchors = {anchor.seal: anchor for anchor in read_anchors(schema)}
    except AnchorDamaged:
        report.add("anchor_damaged", None, None)
        return {}
    if seals and not path_of(schema).exists():
        report.add("anchors_lost", None, None)
    for number in sorted(anchors.keys() - set(seals)):
        report.add("seal_missing", number, anchors[number].first)
    report.unanchored = len(set(seals) - anchors.keys())
    return anchors


def step_over_missing(anchors: dict[int, Anchor], seal: Seal, after: int) -> int:
    """Entries of a seal that is missing are reported with it, not one by one as added."""
    return max([after, *(anchor.last for anchor in anchors.values() if anchor.seal != seal.pk and anchor.last < seal.first_id)])


def check_seal(seal: Seal, head: str, anchor: Anchor | None, report: Report) -> None:
    """A seal must agree with itself, with the seal before and with its anchor."""
    ids, leaves = bytes(seal.ids), bytes(seal.leaves)
    agrees = (
        seal.form == FORM
        and len(ids) == 8 * seal.count
        and len(leaves) == 32 * seal.count
        and ids[:8] == seal.first_id.to_bytes(8, signed=True)
        and ids[-8:] == seal.last_id.to_bytes(8, signed=True)
        and leaves[-32:].hex() == seal.head
        and seal.previous == head
        and (anchor is None or anchor == anchor_of(tenancy.schema_name, seal))
    )
    if not agrees:
        report.add("seal_changed", seal.pk, seal.first_id)


def check_entries(seal: Seal, after: int, report: Report) -> None:
    """Merges the sealed numbers with the entries that are there, in order, and hashes each one."""
    sealed = sealed_leaves(seal)
    wanted = next(sealed, None)
    for number, line in lines(after, seal.last_id):
        while wanted and wanted[0] < number:
            report.add("missing", seal.pk, wanted[0])
            wanted = next(sealed, None)
        if not wanted or wanted[0] != number:
            report.add("added", seal.pk, number)
            continue
        report.sealed += 1
        if leaf(wanted[1], line) != wanted[2]:
            report.add("changed", seal.pk, number)
        wanted = next(sealed, None)
    while wanted:
        report.add("missing", seal.pk, wanted[0])
        wanted = next(sealed, None)


def sealed_leaves(seal: Seal) -> Iterator[tuple[int, bytes, bytes]]:
    """(id, leaf before, own leaf) of each sealed entry."""
    ids, leaves, before = bytes(seal.ids), bytes(seal.leaves), unhex(seal.previous)
    for place in range(len(ids) // 8):
        own = leaves[32 * place : 32 * place + 32]
        yield int.from_bytes(ids[8 * place : 8 * place + 8]), before, own
        before = own


def unhex(text: str) -> bytes:
    """The bytes of a head; none when somebody made it unreadable, so that the first leaf does not fit."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
