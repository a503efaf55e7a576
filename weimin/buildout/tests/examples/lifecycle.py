"""A site's way, one valid use of each action: centres of plan 1 for the township, stations where an operator or training is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weimin.actions.examples import Build, Example
from weimin.buildout.models import Quota
from weimin.buildout.tests.acceptance_builders import photo, put_bare_plan, put_site
from weimin.buildout.tests.examples.money import township_in
from weimin.buildout.tests.money_builders import put_version
from weimin.buildout.tests.siting_builders import paper_file
from weimin.sites.models import Site
from weimin.sites.tests.examples import village
from weimin.staffing.tests.builders import make_appointment, make_certificate
from weimin.walls.actor import Actor

REASON = {"reason": "道路施工，暂时进不去"}
PLACE = {"place_kind": "township_government_building", "address": "镇政府一楼", "longitude": "108.767", "latitude": "28.841"}


def papers(**kinds: Callable[[], Any]) -> Callable[[], dict[str, Any]]:
    """Fresh uploads, one for each piece of evidence that the plan asks for at the step."""
    return lambda: {f"evidence_{key}": make() for key, make in kinds.items()}


def centre(state: str, **data: Any) -> Build:
    """The township's centre in a state."""
    return lambda actor, region: (put_site(township_in(region), "township_centre", state).pk, dict(data))


def trained_station(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """A station that is fitted out and whose operator has the certificate."""
    project = put_site(village(region), state="fitted")
    make_certificate(make_appointment(project.site).worker)
    return project.pk, {"remark": ""}


def untrained_station(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return put_site(village(region), state="fitted").pk, {"remark": ""}


def ready_centre(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    project = put_site(township_in(region), "township_centre", "fitted")
    Site.objects.filter(pk=project.site_id).update(state="building")
    return project.pk, {"opened_on": "2026-11-20", "opening_hours": "8:30—17:30", "parcel_delivery": "on"}


def suspended(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return put_site(township_in(region), "township_centre", "suspended", state_before="filed").pk, dict(REASON)


def quota(tier: str) -> Build:
    """Room for three stations in the township; no desk proposes sites of another tier there."""

    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        row = Quota.objects.create(plan=put_bare_plan(), tier=tier, region=township_in(region), wanted=3, villages=7)
        return row.pk, PLACE | {"place_kind": "public_service_centre", "village": str(village(region))}

    return build


def proposed_by_another_desk(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """Only the township government proposes under plan 1; here its step is already another desk's."""
    target, data = quota("village_station")(actor, region)
    plan = Quota.objects.select_related("plan").get(pk=target).plan
    for role in plan.data["roles"]:
        role["system_role"] = "leader"
    put_version(plan)
    return target, data


EXAMPLES = {
    "buildout.propose_site": Example("township", centre("wanted", **PLACE), papers(address=paper_file)),
    "buildout.propose_station": Example("township", quota("village_station"), papers(address=paper_file), wrong=proposed_by_another_desk),
    "buildout.return_proposal": Example("lead_office", centre("proposed", **REASON)),
    "buildout.file_project": Example("township", centre("proposed", remark=""), papers(partner_list=paper_file)),
    "buildout.start_building": Example("township", centre("filed", remark=""), papers(construction_plan=paper_file)),
    "buildout.finish_fitting": Example("township", centre("building", remark=""), papers(purchase_invoices=paper_file, result_photos=photo)),
    "buildout.confirm_training": Example("lead_office", trained_station, papers(sign_in=paper_file), wrong=untrained_station),
    "buildout.open_site": Example("partner", ready_centre, papers(opening_photo=photo)),
    "buildout.suspend": Example("lead_office", centre("filed", **REASON)),
    "buildout.resume": Example("lead_office", suspended),
    "buildout.close": Example("lead_office", centre("filed", **REASON)),
}
