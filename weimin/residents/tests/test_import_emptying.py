"""Files of an import are kept for a month after it ended, then emptied."""

from datetime import timedelta

import pytest

from weimin.config.jobs import perform
from weimin.residents.importing.emptying import KEPT
from weimin.residents.models import Import, ImportFile, ImportPart
from weimin.residents.tests.import_examples import NOW, make_import
from weimin.walls.actor import system_actor
from weimin.walls.periodic import PERIODIC
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("X5"), pytest.mark.req("X13")]
TOWNSHIP = 500242101000


def after(jurisdiction, passed, **facts):
    """The set as the night's duty leaves it when so much time has passed since it ended."""
    with entered(system_actor()):
        row = make_import(TOWNSHIP, **facts)
    perform(PERIODIC["residents.empty_imports"], jurisdiction, NOW + passed)
    with entered(system_actor()):
        return Import.objects.get(pk=row.pk)


def kept(row):
    """(files with content, files with faults, parts)"""
    with entered(system_actor()):
        files = ImportFile.objects.filter(set=row)
        return files.filter(content__isnull=False).count(), files.filter(faults__isnull=False).count(), ImportPart.objects.filter(set=row).count()


@pytest.mark.parametrize("state, mode", [("done", "good"), ("refused", ""), ("cancelled", "")])
def test_files_of_an_ended_import_are_emptied_after_a_month_and_its_counts_stay(jurisdiction, state, mode):
    row = after(jurisdiction, KEPT, state=state, mode=mode)
    assert kept(row) == (0, 0, 0)
    assert (row.state, row.rows, row.good, row.faulty) == (state, 2, 1, 1)


def test_nothing_is_emptied_before_the_month_is_over(jurisdiction):
    assert kept(after(jurisdiction, KEPT - timedelta(seconds=1), state="done", mode="good")) == (1, 1, 1)


def test_a_set_that_nobody_decided_about_is_given_up_and_emptied(jurisdiction):
    row = after(jurisdiction, KEPT, state="checked")
    assert (row.state, row.sentence) == ("cancelled", "一个月没有确认，已自动取消。")
    assert kept(row) == (0, 0, 0)


def test_a_set_that_is_still_being_written_is_left_alone(jurisdiction):
    row = after(jurisdiction, 2 * KEPT, state="writing", mode="good")
    assert (row.state, kept(row)) == ("writing", (1, 1, 1))


def test_the_page_of_an_emptied_set_offers_no_marked_file(jurisdiction, client_as):
    row = after(jurisdiction, KEPT, state="done", mode="good")
    client = client_as("township", TOWNSHIP)
    page = client.get(f"/residents/import/{row.pk}/")
    assert page.status_code == 200
    assert b"/errors/" not in page.content
    assert client.get(f"/residents/import/{row.pk}/errors/0/").status_code == 404
