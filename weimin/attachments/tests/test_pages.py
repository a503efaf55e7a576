import os
from datetime import timedelta

import pytest
from django.apps import apps
from django_tenants.utils import schema_context

from weimin.actions.act import act
from weimin.attachments.jobs import sweep
from weimin.attachments.models import Attachment
from weimin.attachments.storage import folder, keep, path_of
from weimin.attachments.tests.builders import PDF, photo_from_a_phone, upload
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TOWNSHIP, OTHER = 500242101000, 500242102000


@pytest.fixture
def stored(jurisdiction, actor, now):
    """stored(kind, data, name) -> a row uploaded by a township clerk."""
    clerk = actor("township", TOWNSHIP)

    def make(kind="photo", data=None, name="现场.jpg"):
        receipt = act(
            clerk,
            "attachments.upload",
            {"kind": kind},
            name,
            target="test.record:1",
            files={"file": upload(data or photo_from_a_phone(), name)},
            now=now,
        )
        with entered(clerk):
            return Attachment.objects.get(pk=receipt.subject_id)

    return make


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.req("X6")
def test_a_file_is_a_download_that_no_browser_runs(stored, client_as):
    row = stored("document", PDF, "方案.pdf")
    response = client_as("township", TOWNSHIP).get(row.url)
    assert (response.status_code, body(response), response["Content-Type"]) == (200, PDF, "application/pdf")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E6%96%B9%E6%A1%88.pdf"
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )


def test_a_picture_shows_when_asked(stored, client_as):
    response = client_as("township", TOWNSHIP).get(stored().url + "?show")
    assert (response["Content-Type"], response["Content-Disposition"].split(";")[0]) == ("image/jpeg", "inline")


def test_a_document_never_shows(stored, client_as):
    response = client_as("township", TOWNSHIP).get(stored("document", PDF, "方案.pdf").url + "?show")
    assert response["Content-Disposition"].startswith("attachment;")


def test_the_thumbnail_is_a_small_jpeg(stored, client_as):
    response = client_as("township", TOWNSHIP).get(stored().thumbnail_url)
    assert (response.status_code, response["Content-Type"], body(response)[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")


def test_hidden_missing_withdrawn_and_without_picture_are_the_same_404(stored, client_as, actor, now):
    photo, pdf = stored(), stored("document", PDF, "方案.pdf")
    stranger, clerk = client_as("township", OTHER), client_as("township", TOWNSHIP)
    act(actor("lead_office", 500242000000), "attachments.remove", {"reason": "重复"}, "r", target=photo.pk, now=now)
    asked = [
        stranger.get(pdf.url),
        clerk.get("/attachments/999999/"),
        clerk.get(photo.url),
        clerk.get(f"{pdf.url}thumb/"),
    ]
    assert [response.status_code for response in asked] == [404, 404, 404, 404]


def test_every_look_at_an_original_is_on_the_trail(stored, client_as):
    row = stored()
    client = client_as("township", TOWNSHIP, "李四")
    body(client.get(row.url))
    entry = apps.get_model("trail", "Entry").objects
    with schema_context("j500242"), entered(system_actor()):
        last = entry.latest("pk")
    assert (last.action, last.subject_id, last.person_name, last.region) == (
        "attachments.open",
        row.pk,
        "李四",
        500242101200,
    )


def test_the_sweep_clears_old_strays_and_keeps_what_is_named(stored, now):
    row = stored()
    stray, young, part = path_of("ab" * 32), path_of("cd" * 32), folder() / "ef" / "01" / ".x.part"
    for path in (stray, young, part):
        keep(path, b"stray")
    old = (now - timedelta(days=2)).timestamp()
    for path in (stray, part, path_of(row.sm3)):
        os.utime(path, (old, old))
    os.utime(young, (now.timestamp(), now.timestamp()))
    assert sweep(now) == 2
    assert [path.exists() for path in (stray, part, young, path_of(row.sm3))] == [False, False, True, True]
