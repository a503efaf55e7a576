"""One valid use of each action of siting."""

from weimin.actions.examples import Example
from weimin.buildout.models import SitingRun
from weimin.buildout.tests.siting_builders import PLACE, QUESTION, make_candidate, paper_file, plan_in_force
from weimin.regions.queries import geography
from weimin.sheets.export import export


def village_in(region):
    """A village of the range: the first of the township, or of the first township."""
    return next(code for code in sorted(geography(500242000000, plan_in_force().issued_on).villages) if code - code % 1000 == region or region % 10**6 == 0)


def enter(actor, region):
    return plan_in_force().pk, PLACE | {"place": str(village_in(region))}


def drop(actor, region):
    return make_candidate(plan_in_force(), village_in(region)).pk, {}


def run(actor, region):
    plan = plan_in_force()
    make_candidate(plan, village_in(region))
    return plan.pk, dict(QUESTION)


def accept(actor, region):
    plan = plan_in_force()
    row = make_candidate(plan, village_in(region))
    chosen = [{"id": row.pk, "region": row.region, "name": row.name, "people": row.population}]
    made = SitingRun.objects.create(
        plan=plan, tier=row.tier, question=QUESTION, answer={"chosen": chosen}, status="optimal", ran_by="张三", ran_at="2026-11-20T09:00:00+08:00"
    )
    return made.pk, {"places": [str(row.pk)]}


def bring_in(actor, region):
    return plan_in_force().pk, {"mode": "all"}


def sheet():
    """One village of the township that local roles of the registry tests sit in (花田乡 or any: found by its plan)."""
    labels = {
        "tier": "站点层级", "place": "所在区划", "name": "候选地点", "place_kind": "场所类型", "longitude": "经度", "latitude": "纬度", "population": "周边人口",
    }  # fmt: skip
    row = {
        "tier": "village_station",
        "place": "500242101200",
        "name": "村委会大楼",
        "place_kind": "public_service_centre",
        "longitude": "108.75",
        "latitude": "28.83",
        "population": "10",
    }
    return export([*labels.items()], [row], title="候选地点", watermark="试验")


EXAMPLES = {
    "buildout.enter_candidate": Example("township", enter),
    "buildout.drop_candidate": Example("township", drop),
    "buildout.import_candidates": Example("lead_office", bring_in, lambda: {"file": named(sheet())}),
    "buildout.run_siting": Example("lead_office", run),
    "buildout.accept_siting": Example("lead_office", accept, lambda: {"evidence_address": paper_file()}),
}


def named(content):
    file = paper_file("places.xlsx")
    file.file.seek(0)
    file.file.truncate()
    file.file.write(content)
    file.file.seek(0)
    file.size = len(content)
    return file
