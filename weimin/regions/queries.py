"""Every read of the division tree. Regions are public facts; what a person may pick is limited by the range given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.regions.models import UPPER, Region, RegionCorrection, RegionFlag
from weimin.regions.rules import Kind, Level, ancestors, kind, level, parent, range_of, short_name
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.prepared import prepared

VILLAGE_KINDS = (Kind.VILLAGE, Kind.VILLAGE_LIKE)


def get_region(code: int) -> Region:
    """The region; Region.DoesNotExist when the code is not official."""
    return Region.objects.get(pk=code)


def names(codes: Iterable[int]) -> dict[int, str]:
    """code → short name, one query; unknown codes are shown as their digits."""
    wanted = set(codes)
    if not wanted:
        return {}
    with prepared() as cursor:
        cursor.execute("SELECT code, name FROM regions_region WHERE code = ANY(%s)", [sorted(wanted)])
        found = {code: short_name(name) for code, name in cursor.fetchall()}
    return {code: found.get(code, str(code)) for code in wanted}


def inside(code: int, only: Level | None = None) -> list[Region]:
    """Every region of one level (or of all) inside a region, by code."""
    low, high = range_of(code)
    chosen = Region.objects.filter(code__gte=low, code__lte=high)
    return list((chosen.filter(level=only) if only else chosen).order_by("code"))


def children(code: int) -> list[Region]:
    return list(Region.objects.filter(below([code])).order_by("code"))


def below(codes: Iterable[int]) -> Q:
    """The children of regions: down to townships by the index on `parent`, villages by their township's range of codes."""
    upper, villages = [], Q()
    for code in codes:
        if level(code) == Level.TOWNSHIP:
            villages |= Q(code__gt=code, code__lt=code + 1000, parent=code)
        else:
            upper.append(code)
    return Q(UPPER, parent__in=upper) | villages


def flag_in_force(on: date) -> Q:
    return Q(since_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def flagged(low: int, high: int, flag: str, on: date) -> dict[int, bool]:
    """code → value of a local flag in force on a day, within a range."""
    rows = RegionFlag.objects.filter(flag_in_force(on), code__gte=low, code__lte=high, flag=flag).order_by("since_on")
    return dict(rows.values_list("code", "value"))


@dataclass(frozen=True)
class Geography:
    """What a plan counts with: codes of townships, administrative villages and communities of one region on a day."""

    townships: dict[int, str]
    villages: dict[int, str]
    communities: dict[int, str]
    key_townships: frozenset[int]
    poverty_villages: frozenset[int]

    @property
    def names(self) -> dict[int, str]:
        return {**self.townships, **self.villages, **self.communities}


def geography(code: int, on: date) -> Geography:
    """Two queries whatever the size of the region; local flags and corrections in force on the day are applied."""
    tree = {region.code: region for region in inside(code)}
    flags, renamed = apply_local(tree, *range_of(code), on)
    villages: dict[int, str] = {}
    communities: dict[int, str] = {}
    for region in tree.values():
        if region.level != Level.VILLAGE:
            continue
        counted = flags["administrative_village"].get(region.code, region.kind in VILLAGE_KINDS)
        (villages if counted else communities)[region.code] = renamed.get(region.code, region.short)
    townships = {r.code: renamed.get(r.code, r.short) for r in tree.values() if r.level == Level.TOWNSHIP}
    return Geography(
        townships, villages, communities,
        frozenset(code for code, value in flags["key_township"].items() if value),
        frozenset(code for code, value in flags["poverty_village"].items() if value),
    )  # fmt: skip


def apply_local(tree: dict[int, Region], low: int, high: int, on: date) -> tuple[dict[str, dict[int, bool]], dict[int, str]]:
    """Changes `tree` by the corrections in force on a day; (flag → code → value, code → new name). One query for both tables."""
    flags: dict[str, dict[int, bool]] = {flag: {} for flag in RegionFlag.Flag.values}
    renamed: dict[int, str] = {}
    marked = RegionFlag.objects.filter(flag_in_force(on), code__gte=low, code__lte=high)
    corrected = RegionCorrection.objects.filter(code__gte=low, code__lte=high, effective_on__lte=on)
    nothing = Value(None, output_field=BooleanField(null=True))
    rows = marked.values_list("since_on", "pk", "code", "flag", "value", Value(""))
    for _since, _pk, code, what, value, name in rows.union(corrected.values_list("effective_on", "pk", "code", "change", nothing, "name"), all=True).order_by(
        "since_on", "pk"
    ):
        if what in flags:
            flags[what][code] = value
        elif what in (RegionCorrection.Change.ABOLISH, RegionCorrection.Change.MERGE):
            tree.pop(code, None)
        elif what == RegionCorrection.Change.ADD:
            tree[code] = new_region(code, name)
        else:
            renamed[code] = short_name(name)
    return flags, renamed


def search(text: str, *, low: int = 0, high: int = 10**12, limit: int = 20) -> list[Region]:
    """Regions by code, name, pinyin or initials (prefix), then by a part of the name; inside a range, highest level first.

    Villages are read by the range of codes: some hundreds in a county; only a search of the whole country reads all of them."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    scope = Region.objects.filter(code__gte=low, code__lte=high)
    match = Q(name__prefix=text.strip())
    if wanted.isascii():
        match = Q(pinyin__prefix=wanted) | Q(initials__prefix=wanted)
    if wanted.isdigit():
        number = int(wanted.ljust(12, "0")[:12])
        match = Q(code__gte=number, code__lt=number + 10 ** (12 - min(len(wanted), 12)))
    found = list(scope.filter(match, UPPER).order_by("level", "code")[:limit])
    if len(found) < limit:
        found += list(scope.filter(match, level=Level.VILLAGE).order_by("code")[: limit - len(found)])
    if len(found) < limit and not wanted.isascii():
        known = {region.code for region in found}
        found += list(scope.filter(name__contains=text.strip()).exclude(pk__in=known).order_by("level", "code")[: limit - len(found)])
    return found


def new_region(code: int, name: str) -> Region:
    """A region that the national file does not have yet (not saved)."""
    return Region(code=code, name=name, level=level(code), kind=kind(code), parent=parent(code))


def path_name(region: Region) -> str:
    """Province to region in one line, for lists: 重庆市 县 酉阳土家族苗族自治县."""
    above = ancestors(region.code)
    known = names(above)
    return " ".join([*(known[code] for code in above), region.short])


@dataclass(frozen=True)
class Line:
    """One region as a list shows it: `name` after corrections, `flags` that hold, `gone` when abolished or merged."""

    region: Region
    name: str
    flags: list[str]
    gone: str

    @property
    def code(self) -> int:
        return self.region.code

    @property
    def code_text(self) -> str:
        return str(self.region.code)

    @property
    def url(self) -> str:
        return reverse("regions:region", args=[self.region.code])

    @property
    def kind(self) -> str:
        return self.region.get_kind_display()


def standing(regions: list[Region], on: date) -> list[Line]:
    """Regions with their local flags and corrections on a day; three queries whatever the number."""
    codes = [region.code for region in regions]
    in_force = Q(since_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))
    latest: dict[tuple[int, str], RegionFlag] = {}
    for flag in RegionFlag.objects.filter(in_force, code__in=codes).order_by("since_on", "pk"):
        latest[flag.code, flag.flag] = flag
    changes = list(RegionCorrection.objects.filter(code__in=codes, effective_on__lte=on).order_by("effective_on", "pk"))
    targets = names([row.into for row in changes if row.into]) if changes else {}
    lines = []
    for region in regions:
        held = [
            str(row.get_flag_display()) if row.value else _("非%(flag)s") % {"flag": row.get_flag_display()}
            for row in latest.values()
            if row.code == region.code
        ]
        name, gone = corrected(region, [row for row in changes if row.code == region.code], targets)
        lines.append(Line(region, name, held, gone))
    return lines


def corrected(region: Region, changes: list[RegionCorrection], targets: dict[int, str]) -> tuple[str, str]:
    """(name, why it is gone or empty) after the corrections of one region, in order of their dates."""
    name, gone = region.short, ""
    for row in changes:
        if row.change == row.Change.MERGE:
            gone = _("已并入 %(into)s") % {"into": targets[row.into or 0]}
        elif row.change == row.Change.ABOLISH:
            gone = _("已撤销")
        else:
            name, gone = short_name(row.name), ""
    return name, gone


def added_below(parents: list[int], on: date) -> list[Region]:
    """Regions that corrections set up directly below some regions and that the national file does not have."""
    low, high = min(parents), max(range_of(code)[1] for code in parents)
    rows = RegionCorrection.objects.filter(code__gte=low, code__lte=high, change=RegionCorrection.Change.ADD, effective_on__lte=on)
    found = {row.code: new_region(row.code, row.name) for row in rows if parent(row.code) in parents}
    known = set(Region.objects.filter(pk__in=found).values_list("pk", flat=True)) if found else set()
    return [region for code, region in sorted(found.items()) if code not in known]


@dataclass(frozen=True)
class View:
    """A region (None: the whole country) with the way to it and what lies directly inside."""

    here: Line | None
    above: list[tuple[int, str]]
    inside: list[Line]


def view_of(actor: Actor, code: int | None, on: date) -> View:
    """Region.DoesNotExist never leaves: an unknown code is NotVisible. The way up stops at the top of the actor's range."""
    if code is None:
        return View(None, [], standing(list(Region.objects.filter(parent=None).order_by("code")), on))
    region = Region.objects.filter(pk=code).first() or added(code, on)
    if region is None:
        raise NotVisible()
    way = [above for above in ancestors(code) if actor.covers(above)]
    known = names(way) if way else {}
    below = sorted([*children(code), *added_below([code], on)], key=lambda row: row.code)
    here, *inside_lines = standing([region, *below], on)
    return View(here, [(above, known[above]) for above in way], inside_lines)


def added(code: int, on: date) -> Region | None:
    row = RegionCorrection.objects.filter(code=code, change=RegionCorrection.Change.ADD, effective_on__lte=on).order_by("-effective_on").first()
    return new_region(row.code, row.name) if row else None


def find_standing(code: int, on: date) -> Region | None:
    """The region of the national file or of a correction, or None."""
    return Region.objects.filter(pk=code).first() or added(code, on)


def flags_of(code: int) -> list[RegionFlag]:
    """Every flag a region ever had, latest first."""
    return list(RegionFlag.objects.filter(code=code).order_by("-since_on", "-pk"))


def corrections_of(code: int) -> list[RegionCorrection]:
    return list(RegionCorrection.objects.filter(code=code).order_by("-effective_on", "-pk"))
