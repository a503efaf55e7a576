"""The demonstration's candidate places as a filled sheet: it comes in by `buildout.import_candidates` like everybody's."""

from __future__ import annotations

from django.utils.translation import gettext as _

from weimin.buildout.forms_siting import LEVELS, CandidateForm
from weimin.buildout.models import Plan
from weimin.buildout.siting.synthetic import Kind, Spot, invent
from weimin.regions.queries import geography
from weimin.regions.rules import Level
from weimin.sheets.export import export


def synthetic_workbook(plan: Plan, tier: str, centre: tuple[float, float], radius_km: float) -> bytes:
    """An .xlsx with one or two invented places for each village (or township) of the tier, around `centre` (latitude, longitude)."""
    known = geography(plan.region, plan.issued_on)
    wanted = plan.content.tier(tier)
    regions = known.villages if LEVELS[wanted.level] == Level.VILLAGE else known.townships
    kinds = [Kind(kind.key, kind.label, kind.free) for kind in wanted.place_kinds] or [Kind("other", _("其他场所"), True)]
    rows = [row_of(spot, wanted.label, {kind.key: kind.label for kind in kinds}) for spot in invent(regions, centre, radius_km, kinds)]
    labels = {name: str(field.label) for name, field in CandidateForm.base_fields.items()}
    return export([(name, labels[name]) for name in rows[0]], rows, title=_("演示用候选地点"), watermark=_("演示数据，非真实地点"))


def row_of(spot: Spot, tier: str, kinds: dict[str, str]) -> dict[str, object]:
    return {
        "tier": tier, "place": str(spot.region), "name": spot.name, "place_kind": kinds[spot.kind], "longitude": f"{spot.longitude:.6f}",
        "latitude": f"{spot.latitude:.6f}", "population": spot.population, "rent_free": spot.rent_free, "gathering": spot.gathering,
        "transport": spot.transport, "existing": False, "synthetic": True,
    }  # fmt: skip
