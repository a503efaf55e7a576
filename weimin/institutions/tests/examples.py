"""One valid use of each action of this room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.examples import Example
from weimin.attachments.tests.builders import picture
from weimin.institutions.models import QuarterBulletin
from weimin.institutions.tests.builders import (
    make_clinic,
    make_inspected,
    make_inspection,
    make_institution,
    make_rating,
    make_star,
    marks,
    store,
)
from weimin.sites.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
FACTS = {"kind": "centre", "belongs_to": "", "beds": "30", "licence_number": "PDY0001", "licence_to": "2027-12-31"}
POSTS = {"approved_doctor": "8", "reported_doctor": "6", "approved_nurse": "5", "approved_public_health": "3", "approved_other": "2"}
INSURED = {"insured_from": "2026-01-01", "insured_by": "德城区医保局", "insured_document": "德医保〔2026〕3号", "insured_to": ""}
STAR = {"name": "星级社区卫生服务机构", "granted_by": "省卫生厅", "granted_on": "2026-05-01", "document": "", "ends_on": ""}
MONTH = {"month": "2026-10-01", "outpatients": "900", "first_here": "300", "first_all": "600", "surveyed": "50", "satisfied": "45"}
TO_MEND = {"rules": 0, "plates": 0}
ISSUE = {"period": "2026-3", "issuer": "德城区卫生局", "document_number": "德卫发〔2026〕5号"}


def photo(name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), "image/jpeg")


def photos() -> dict[str, Any]:
    return {f"photo_{key}": photo(f"{key}.jpg") for key in ("plates", "uniforms", "bed_units", "slogans")}


def on_institution(data: dict[str, Any], *, closed: bool = False, served: bool = False) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = village(region)
        row = make_institution(place, villages=(place,) if served else ())
        if closed:
            row.site.state = "closed"
            row.site.save()
        return row.pk, dict(data)

    return build


def on_site(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_clinic(village(region)).pk, dict(FACTS)


def villages(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    place = village(region)
    return make_institution(place).pk, {"villages": [str(place)]}


def on_inspection(state: str, data: dict[str, Any], scores: dict[str, Any] | None = None) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        if state == "planned":
            return make_inspection(make_institution(village(region))).pk, dict(data)
        return make_inspected(village(region), state, scores).pk, dict(data)

    return build


def on_star(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_star(make_institution(village(region))).pk, {"ends_on": "2026-11-20", "reason": "复评没有通过"}


def on_rating(state: str, data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_rating(make_institution(village(region)), state).pk, dict(data))


def quarter(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    place = village(region)
    make_institution(place, villages=(place,))
    QuarterBulletin.objects.all().delete()
    store("health.record_rate", place, 60, 100, date(2026, 9, 30))
    return None, dict(ISSUE)


def closed(data: dict[str, Any]) -> Build:
    return on_institution(data, closed=True)


EXAMPLES = {
    "institutions.enter": Example("health_bureau", on_site),
    "institutions.correct": Example("institution", on_institution(FACTS), wrong=closed(FACTS)),
    "institutions.set_posts": Example("institution", on_institution(POSTS), wrong=closed(POSTS)),
    "institutions.set_villages": Example("health_bureau", villages, wrong=closed({"villages": []})),
    "institutions.keep_records": Example("institution", on_institution({}, served=True), wrong=on_institution({})),
    "institutions.set_insurance": Example("health_bureau", on_institution(INSURED), wrong=closed(INSURED)),
    "institutions.join_system": Example("institution", on_institution({"informed_from": "2026-03-01"}), wrong=closed({"informed_from": "2026-03-01"})),
    "institutions.renew_licence": Example(
        "institution", on_institution({"licence_number": "PDY0002", "licence_to": "2031-12-31"}), wrong=closed({"licence_number": "PDY0002", "licence_to": "2031-12-31"})
    ),
    "institutions.record_star": Example("health_bureau", on_institution(STAR), wrong=closed(STAR)),
    "institutions.end_star": Example("health_bureau", on_star),
    "institutions.report_month": Example("institution", on_institution(MONTH), wrong=closed(MONTH)),
    "institutions.plan_inspection": Example("health_bureau", on_institution({"planned_on": "2026-11-30", "note": ""})),
    "institutions.inspect": Example("health_bureau", on_inspection("planned", marks()), files=photos),
    "institutions.report_rectified": Example(
        "institution", on_inspection("rectifying", {"note": "已补齐"}, TO_MEND), files=lambda: {"photo_1": photo()}
    ),
    "institutions.reinspect": Example("health_bureau", on_inspection("reported", marks(), TO_MEND)),
    "institutions.cancel_inspection": Example("health_bureau", on_inspection("planned", {"reason": "改期"})),
    "institutions.apply_rating": Example("institution", on_institution({"year": "2026", "statement": ""}), wrong=closed({"year": "2026", "statement": ""})),
    "institutions.confirm_rating": Example("health_bureau", on_rating("applied", {"stars": "3", "reason": ""})),
    "institutions.publish_rating": Example("health_bureau", on_rating("confirmed", {})),
    "institutions.return_rating": Example("health_bureau", on_rating("applied", {"reason": "材料不全"})),
    "institutions.issue_bulletin": Example("health_bureau", quarter),
}  # fmt: skip
