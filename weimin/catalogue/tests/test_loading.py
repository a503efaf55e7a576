"""The shipped catalogue into a jurisdiction by the command; a second time changes nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from weimin.catalogue.bundles import bundles, offered_bundles
from weimin.catalogue.files import shipped
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import find_items, offered

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
