"""The shipped catalogue into a jurisdiction by the command; a second time changes nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.catalogue.actions.drafts import find_draft
from weimin.catalogue.bundles import bundles, offered_bundles
from weimin.catalogue.files import shipped
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import find_items, offered
from weimin.catalogue.tests.builders import NOW, make_version
from weimin.catalogue.writing import put_drafts
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S1")]


def load(*words: str) -> str:
    out = io.StringIO()
    call_command("catalogue_load", *words, stdout=out)
    return out.getvalue()


def test_the_shipped_catalogue_is_loaded_once(jurisdiction, places) -> None:
    said = load("--shipped", "--publish", "--jurisdiction", str(places.county))
    assert said == f"新增 {len(shipped())} 项，修改 0 项，0 项没有变化。\n"
    assert [row.content for row in offered()] == sorted(shipped(), key=lambda row: row.code)
    assert len(offered_bundles()) == len(bundles())
    assert load("--shipped", "--publish", "--jurisdiction", str(places.county)) == f"新增 0 项，修改 0 项，{len(shipped())} 项没有变化。\n"
    found = {said: find_items(said)[0].item.code for said in ("低保", "zjd", "准生证", "砍树", "gaolingjintie", "交医保")}
    near = {
        said: {row.item.code for row in find_items(said, near=True)} for said in ("老人补贴", "看病报销", "生娃", "死了人")
    }  # the first two stand on the portal
    assert near == {"老人补贴": {"CV0101", "CV0102", "CV0107"}, "看病报销": {"LV0106"}, "生娃": {"FM0001"}, "死了人": {"FM0015"}}
    assert found == {"低保": "CV0001", "zjd": "LV0401", "准生证": "FM0001", "砍树": "LV0404", "gaolingjintie": "CV0101", "交医保": "LV0101"}


def test_a_check_lists_and_stores_nothing(jurisdiction, places, tmp_path) -> None:
    assert load("--shipped", "--check", "--jurisdiction", str(places.county)).count("新增\t") == len(shipped())
    assert ItemVersion.objects.count() == 0


def test_a_file_that_is_not_there_is_said(jurisdiction, places) -> None:
    with pytest.raises(CommandError, match="读不到文件 nowhere.yaml"):
        load("nowhere.yaml", "--jurisdiction", str(places.county))


def test_a_draft_is_written_and_published_under_the_lock_of_its_item(jurisdiction, places, actor) -> None:
    """Else a draft that is published while it is written over would change what is in force."""
    draft, who = make_version("draft"), actor("lead_office", places.county)
    with entered(who), CaptureQueriesContext(connection) as asked:
        find_draft(who, draft.pk)
        put_drafts([draft.content], who, "", NOW)
    locked = [row["sql"].partition("FROM ")[2].split()[0] for row in asked if "FOR UPDATE" in row["sql"]]
    assert locked == ['"catalogue_item"', '"catalogue_itemversion"'] * 2
