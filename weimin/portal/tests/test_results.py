"""A result that the desk sent onto the net is delivered at the moment the resident opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from weimin.cases.models import Case, Delivery
from weimin.cases.tests.builders import make_case
from weimin.cases.tokens import progress_token
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db]
HOME = "/public/500242000000/"


@pytest.fixture
def here(jurisdiction: Any) -> Any:
    with entered(system_actor()):
        yield Client()


def text_of(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def sent_online(here, places):
    """A case whose result lies on the net, its token and its address there."""
    case = make_case(places.village, "deliver", desk_now="window", result="每月 50 元")
    Delivery.objects.create(
        case=case, region=case.region, way="online", to="self", name="冉桂兰", proof="awaited", delivered_by="石玲", detail="三日内到账", sent_at=timezone.now()
    )
    return case, progress_token(case)


@pytest.mark.req("S3")
def test_a_result_on_the_net_is_delivered_when_the_resident_opens_it(here, sent_online):
    case, token = sent_online
    page = text_of(here.get(f"{HOME}progress/?receipt={token}"))
    assert ("查收结果" in page, "三日内到账" in page, "每月 50 元" in page) == (True, True, False)
    answer = here.post(f"{HOME}result/{token}/", {"key": "k1"})
    assert answer["Location"] == f"{HOME}progress/?receipt={token}"
    with entered(system_actor()):
        row = Delivery.objects.get(case=case)
        assert (row.proof, row.delivered_at, Case.objects.get(pk=case.pk).state) == ("opened", Case.objects.get(pk=case.pk).delivered_at, "delivered")
    assert "每月 50 元" in text_of(here.get(answer["Location"]))


@pytest.mark.req("S3")
def test_opening_twice_and_only_looking_deliver_once_and_not_at_all(here, sent_online):
    case, token = sent_online
    here.get(f"{HOME}result/{token}/")
    with entered(system_actor()):
        assert Case.objects.get(pk=case.pk).state == "deliver"
    assert {here.post(f"{HOME}result/{token}/", {"key": key}).status_code for key in ("k1", "k1", "k2")} == {302}
    with entered(system_actor()):
        assert Delivery.objects.filter(case=case).count() == 1


@pytest.mark.req("S3")
def test_a_result_that_was_not_sent_onto_the_net_is_not_opened_there(here, places):
    case = make_case(places.village, "deliver", desk_now="window", result="每月 50 元")
    answer = here.post(f"{HOME}result/{progress_token(case)}/", {"key": "k1"})
    assert answer.status_code == 422 and "没有发到网上" in text_of(answer)
    with entered(system_actor()):
        assert (Delivery.objects.exists(), Case.objects.get(pk=case.pk).state) == (False, "deliver")
