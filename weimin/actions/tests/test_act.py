"""The one write path itself: what counts as the same request, and what a race says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection

from weimin.actions.act import act, fingerprint
from weimin.actions.models import Receipt
from weimin.actions.registry import ACTIONS
from weimin.flows.tests.builders import make_step
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered


def sent(content: bytes, name: str = "list.csv") -> str:
    return fingerprint("any.thing", 1, {"key": "k", "note": "x"}, {"file": SimpleUploadedFile(name, content)})


def test_the_same_file_is_the_same_request_and_another_content_of_its_size_is_not() -> None:
    assert sent(b"abc") == sent(b"abc")
    assert sent(b"abc") != sent(b"abd")
    assert sent(b"abc") != sent(b"abc", "other.csv")


def test_a_file_is_read_from_its_beginning_after_it_was_compared() -> None:
    upload: Any = SimpleUploadedFile("list.csv", b"abc")
    fingerprint("any.thing", 1, {}, {"file": upload})
    assert upload.read() == b"abc"


def urged_by(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Lets the action of urging end in this statement."""

    def run(*_args: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    monkeypatch.setitem(ACTIONS, "flows.urge", replace(ACTIONS["flows.urge"], run=run))


def raised(code: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'secret value' USING ERRCODE = '{code}'; END $$"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["unique_violation", "deadlock_detected"])
def test_who_comes_second_in_a_race_reads_a_sentence_and_leaves_nothing(
    code: str, jurisdiction: Any, places: Any, actor: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    step, who = make_step(places.village, now, subject_id=1), actor("lead_office", places.county)
    urged_by(monkeypatch, raised(code))
    with pytest.raises(RuleBroken, match="同时在办"):
        act(who, "flows.urge", {"note": "请抓紧"}, "k", target=step.pk, now=now)
    with entered(who):
        assert not Receipt.objects.filter(person=who.person).exists()
    assert "flows.urge" in caplog.text and "secret value" not in caplog.text


@pytest.mark.django_db
def test_who_gave_way_begins_anew_and_it_is_done_once(jurisdiction: Any, places: Any, actor: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    step, who, run, tries = make_step(places.village, now, subject_id=1), actor("lead_office", places.county), ACTIONS["flows.urge"].run, []

    def once_in_vain(*given: Any) -> Any:
        tries.append(given)
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute(raised("deadlock_detected"))
        return run(*given)

    monkeypatch.setitem(ACTIONS, "flows.urge", replace(ACTIONS["flows.urge"], run=once_in_vain))
    receipt = act(who, "flows.urge", {"note": "请抓紧"}, "k", target=step.pk, now=now)
    with entered(who):
        assert (len(tries), list(Receipt.objects.filter(person=who.person))) == (2, [receipt])


@pytest.mark.django_db
def test_another_fault_of_the_database_stays_a_fault(jurisdiction: Any, places: Any, actor: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    step, who = make_step(places.village, now, subject_id=1), actor("lead_office", places.county)
    urged_by(monkeypatch, raised("not_null_violation"))
    with pytest.raises(IntegrityError):
        act(who, "flows.urge", {"note": "请抓紧"}, "k", target=step.pk, now=now)


@pytest.mark.django_db
def test_the_page_about_a_form_that_was_sent_before_leads_to_what_was_made(jurisdiction: Any, places: Any, client_as: Any, now: datetime) -> None:
    step, client = (
        make_step(places.village, now, subject_id=1, opened_at=now - timedelta(days=60), due_at=now - timedelta(days=9)),
        client_as("lead_office", places.county),
    )
    address = f"/act/flows.urge/{step.pk}/"
    first = client.post(address, {"note": "请抓紧", "key": "k"})
    answer = client.post(address, {"note": "另一句话", "key": "k"})
    assert first["location"].startswith("/act/receipts/") and answer.status_code == 409
    assert f'href="{first["location"]}"' in answer.content.decode()
    assert client.get(first["location"]).status_code == 200
