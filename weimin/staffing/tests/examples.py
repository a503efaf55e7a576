"""One valid use of each action of this room."""

from weimin.actions.examples import Example
from weimin.sites.tests.examples import village
from weimin.staffing.tests.builders import (
    NOMINATED,
    PERSON,
    examined,
    make_appointment,
    make_candidates,
    make_nomination,
    make_worker,
    station,
)

APPOINTED = {**PERSON, "job": "值班人员", "starts_on": "2026-11-01"}
LEFT = {"ends_on": "2026-11-20", "reason": "外出务工"}
CERTIFICATE = {"kind": "淘帮手培训", "issued_on": "2026-11-10", "score": "86"}
WHY = {"reason": "放弃"}


def at_station(data):
    return lambda actor, region: (station(village(region)).pk, dict(data))


def candidate(data, *states):
    """The first of the candidates of a station, in the given states."""
    return lambda actor, region: (make_candidates(station(village(region)), *states)[0].pk, dict(data))


def person(data):
    return lambda actor, region: (make_worker(village(region)).pk, dict(data))


def chosen_list(actor, region):
    site = station(village(region))
    make_nomination(site, "chosen")
    return f"{site.project.plan_id}-{site.region // 1000 * 1000}", {"note": "一村一人"}


def full_station(actor, region):
    site = station(village(region))
    make_candidates(site, *["nominated"] * 5)
    return site.pk, dict(NOMINATED)


def closed_station(actor, region):
    site = station(village(region))
    site.state = "closed"
    site.save()
    return site.pk, dict(APPOINTED)


def without_phone(actor, region):
    worker = make_worker(village(region))
    worker.phone = None
    worker.save()
    return worker.pk, dict(WHY)


EXAMPLES = {
    "staffing.nominate": Example("partner", at_station(NOMINATED), wrong=full_station),
    "staffing.examine": Example("township", candidate(examined(), "nominated")),
    "staffing.choose": Example("township", candidate({"reason": "最合适"}, "examined", "examined", "nominated")),
    "staffing.refuse": Example("township", candidate(WHY, "examined")),
    "staffing.withdraw": Example("partner", candidate(WHY, "nominated")),
    "staffing.file_list": Example("township", chosen_list),
    "staffing.appoint": Example("township", at_station(APPOINTED), wrong=closed_station),
    "staffing.end_appointment": Example("township", lambda actor, region: (make_appointment(station(village(region))).pk, dict(LEFT))),
    "staffing.issue_certificate": Example("township", person(CERTIFICATE)),
    "staffing.correct_person": Example("township", person({**PERSON, "name": "冉小虹", "phone": ""})),
    "staffing.show_phone": Example("township", person({"reason": "通知培训"}), wrong=without_phone),
}
