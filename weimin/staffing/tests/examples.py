"""One valid use of each action of this room."""

from datetime import date

from weimin.actions.examples import Example
from weimin.sites.tests.examples import village
from weimin.staffing.tests.builders import (
    NOMINATED,
    PERSON,
    examined,
    make_activity,
    make_appointment,
    make_candidates,
    make_holding,
    make_hours,
    make_nomination,
    make_post,
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


POST = {"name": "政策宣传岗", "duties": "宣传政策\n登记需求", "places": "2", "capacities": ["party", "retired"]}
ACTIVITY = {
    "name": "清洁家园", "content": "打扫村道", "on": "2026-11-20", "starts": "9:00", "ends": "12:00", "place": "村口", "unit": "村党支部", "leader": "李四",
}  # fmt: skip
TAKE_UP = {**PERSON, "phone": "13900002222", "capacity": "party", "starts_on": "2026-11-01"}
LEFT_POST = {"ends_on": "2026-11-20", "reason": "外出务工"}


def new_person(actor, region):
    return station(village(region)).pk, {**PERSON, "phone": "13900001111"}


def closed(data):
    def build(actor, region):
        site = station(village(region))
        type(site).objects.filter(pk=site.pk).update(state="closed")
        return site.pk, dict(data)

    return build


def post(data, *, held=0, **facts):
    def build(actor, region):
        made = make_post(station(village(region)), **facts)
        for _number in range(held):
            make_holding(made)
        return made.pk, dict(data)

    return build


def holding(actor, region):
    return make_holding(make_post(station(village(region)))).pk, dict(LEFT_POST)


def hours_to_record(actor, region, on=date(2026, 11, 20)):
    activity = make_activity(station(village(region)), on)
    return activity.pk, {"workers": [str(make_worker(activity.region).pk)], "starts": "9:00", "ends": "11:30"}


def recorded(actor, region):
    activity = make_activity(station(village(region)))
    return make_hours(activity, make_worker(activity.region)).pk, {"reason": "记错了人"}


def proven(actor, region):
    activity = make_activity(station(village(region)))
    worker = make_worker(activity.region)
    make_hours(activity, worker)
    return worker.pk, {"starts_on": "2026-01-01", "ends_on": "2026-11-23", "unit": "村党支部", "purpose_of_use": "升学"}


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
    "staffing.enter_person": Example("township", new_person, wrong=closed(PERSON)),
    "staffing.set_up_post": Example("township", at_station(POST), wrong=closed(POST)),
    "staffing.change_post": Example("township", post(POST), wrong=post(POST, ended_on=date(2026, 5, 1))),
    "staffing.end_post": Example("township", post({})),
    "staffing.take_up_post": Example("township", post(TAKE_UP), wrong=post(TAKE_UP, held=2)),
    "staffing.leave_post": Example("township", holding),
    "staffing.link_account": Example("township", person({"person": ""})),
    "staffing.enter_activity": Example("township", at_station(ACTIVITY), wrong=closed(ACTIVITY)),
    "staffing.record_hours": Example("village", hours_to_record, wrong=lambda actor, region: hours_to_record(actor, region, date(2026, 10, 8))),
    "staffing.strike_hours": Example("township", recorded),
    "staffing.issue_proof": Example("township", proven),
    "staffing.show_phone": Example("township", person({"reason": "通知培训"}), wrong=without_phone),
}
