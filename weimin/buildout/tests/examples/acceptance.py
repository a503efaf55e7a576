"""One valid use of each action of acceptance, and of entering what stood before the plan."""

from weimin.actions.examples import Example
from weimin.buildout.tests.acceptance_builders import (
    dossier_of,
    marks_for,
    photo,
    put_bare_plan,
    put_pending,
    put_rectifying,
    put_site,
)
from weimin.sites.tests.examples import village


def open_station(actor, region):
    project = put_site(village(region), state="open")
    project.evidence = dossier_of(project)
    project.save()
    return project.pk, {"remark": ""}


def applied_station(actor, region):
    project = put_site(village(region), state="applied")
    put_pending(project)
    return project.pk, marks_for(project)


def before_the_plan(actor, region):
    data = {
        "tier": "village_station", "place": str(village(region)), "name": "老服务点", "place_kind": "service_centre", "address": "村委会",
        "opened_on": "2015-06-01", "rent_free": "on",
    }  # fmt: skip
    return put_bare_plan().pk, data


EXAMPLES = {
    "buildout.apply_acceptance": Example("township", open_station),
    "buildout.inspect": Example(
        "lead_office", applied_station, files=lambda: {f"photo_{key}": photo(f"{key}.jpg") for key in ("as_filed", "services", "sign")}
    ),
    "buildout.report_rectified": Example(
        "township", lambda actor, region: (put_rectifying(village(region)).pk, {"note": "已补齐"}), files=lambda: {"photo_1": photo()}
    ),
    "buildout.register_existing": Example("township", before_the_plan),
}
