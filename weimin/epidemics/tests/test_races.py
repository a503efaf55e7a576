"""Classes that report at the same moment, on connections of their own (H6)."""

import pytest
from proofs.racing import at_once

from weimin.actions.act import act, new_key
from weimin.epidemics.models import Alert
from weimin.epidemics.tests.builders import make_place
from weimin.residents.tests.builders import NOW
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.slow, pytest.mark.req("H6")]
VILLAGE = 500242101200
WELL = {"on": "2026-11-23", "expected": "40", "absent": "0", "ill": "0"}


def report(group, number):
    teacher = Actor(number, "王老师", number, "institution", 500242101000, 500242101999, frozenset({"health", "epidemics"}))
    return act(teacher, "epidemics.report_day", {**WELL, "rash": "2"}, new_key(), target=group, now=NOW).subject_id


def test_a_cluster_of_a_school_is_found_though_its_classes_report_in_the_same_moment(scratch):
    for _school in range(3):
        with entered(system_actor()):
            place = make_place(VILLAGE, classes=("1班", "2班", "3班"))
            groups = list(place.groups.values_list("pk", flat=True))
        at_once(*[lambda group=group, number=number: report(group, number) for number, group in enumerate(groups, 1)])
        with entered(system_actor()):
            assert list(Alert.objects.filter(place=place, of="rash").values_list("group", "count")) == [(None, 6)]
