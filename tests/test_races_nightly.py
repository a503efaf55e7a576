"""Two workers at the same moment: an event is told once, a nightly duty that runs twice does no more than one that runs once, the trail holds."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from proofs.house import build
from proofs.racing import NOW, at_once, built, race

from weimin.api.jobs import deliver_due
from weimin.api.models import Delivery, DeliveryAttempt
from weimin.api.tests.builders import make_delivery, make_webhook
from weimin.cases.tests.builders import make_case
from weimin.config.jobs import perform
from weimin.flows.models import Step
from weimin.messages.models import Message
from weimin.trail.sealing import seal
from weimin.walls.periodic import PERIODIC

pytestmark = [pytest.mark.slow, pytest.mark.req("X10", "X13")]
COUNTY, VILLAGE = 500242000000, 500242101200


@pytest.mark.req("X9")
def test_two_workers_tell_an_event_once(arena):
    hook = built(lambda: make_webhook(COUNTY))
    for number in range(6):
        make_delivery(hook, event=f"{number:032d}", body={"id": number})
    told = []

    def slowly(url, body, headers):
        told.append(json.loads(body)["id"])
        time.sleep(0.05)
        return "收到"

    counts = at_once(*[lambda: deliver_due(NOW, send=slowly)] * 2)
    assert (sorted(told), sum(one["sent"] for one in counts)) == (list(range(6)), 6)
    assert built(lambda: (DeliveryAttempt.objects.count(), set(Delivery.objects.values_list("state", flat=True)))) == (6, {"sent"})


@pytest.fixture(scope="module")
def lived_in(arena):
    """One of everything, two weeks later: there is something to do for every duty."""
    build()
    return NOW + timedelta(days=14)


@pytest.mark.parametrize("name", sorted(PERIODIC))
def test_a_duty_that_two_workers_do_at_once_is_done_once(name, lived_in, arena, monkeypatch):
    before = built(lambda: set(Message.objects.values_list("pk", flat=True)))
    at_once(*[lambda: perform(PERIODIC[name], arena, lived_in)] * 2)
    messages = built(lambda: Counter(Message.objects.exclude(pk__in=before).values_list("person", "role", "region", "text", "url")))
    assert [words for words, times in messages.items() if times > 1] == []
    steps = built(lambda: Counter(Step.objects.filter(closed_at=None).values_list("subject_type", "subject_id", "flow")))
    assert [step for step, times in steps.items() if times > 1] == []


def test_the_trail_is_whole_after_actions_that_raced_while_it_was_sealed(arena, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for _round in range(3):
        case = built(lambda: make_case(VILLAGE, "received", desk_now="window"))
        race(*[("window", "cases.accept", {}, case.pk)] * 3)
        at_once(*[lambda: seal(timezone.now())] * 2)
    said = StringIO()
    call_command("trail_verify", "--json", stdout=said)
    assert all(row["whole"] for row in json.loads(said.getvalue()))
