"""What the pages show, and what comes of editing, comparing, publishing and importing in the browser."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import read_files, to_yaml
from weimin.catalogue.finding import rank
from weimin.catalogue.forms_item import as_sent
from weimin.catalogue.models import Item, ItemVersion
from weimin.catalogue.papers import facts
from weimin.catalogue.saying import compare
from weimin.catalogue.tests.builders import content, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.req("S1")]


@pytest.fixture
def allowance(jurisdiction):
    return make_version()


@pytest.fixture
def office(jurisdiction, client_as, places):
    return client_as("lead_office", places.county)


def listed(**over) -> ItemContent:
    return ItemContent.model_validate(content(**over))


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_is_found_by_pinyin_and_filtered_by_window(allowance, office) -> None:
    make_version(code="LV0001", name="城乡居民养老保险参保登记", window="livelihood", words=[], groups=[], life_events=[])
    assert "城乡居民养老保险参保登记" not in text_of(office.get("/catalogue/?text=gljt"))
    found = text_of(office.get("/catalogue/?window=livelihood"))
    assert ("城乡居民养老保险参保登记" in found, "高龄津贴申领" in found) == (True, False)


def test_every_role_reads_an_item_and_only_the_lead_office_edits(allowance, client_as, places, office) -> None:
    address = reverse("catalogue:item", args=[allowance.item_id])
    village = text_of(client_as("village", places.village).get(address))
    assert ("本人银行账户" in village, "编辑事项" in village) == (True, False)
    assert "编辑事项" in text_of(office.get(address))


def test_editing_makes_a_draft_and_what_is_in_force_stays(allowance, office) -> None:
    sent = as_sent(listed(promised_limit={"value": 5, "unit": "workday"}))
    answer = office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", sent)
    draft = ItemVersion.objects.get(state="draft")
    assert (answer.status_code, draft.number, draft.content.promised_limit.value) == (302, 2, 5)
    assert Item.objects.get().current == allowance
    assert "10 个工作日" in text_of(office.get(reverse("catalogue:version", args=[draft.pk])))


def test_a_form_that_contradicts_itself_says_where_and_keeps_what_was_typed(allowance, office) -> None:
    sent = as_sent(listed()) | {"promised_value": "30", "materials-1-name": "其他材料"}
    page = office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", sent)
    said = text_of(page)
    assert page.status_code == 422
    assert "承诺期限不能比法定期限长。" in said
    assert "第 2 行：“其他材料”没有说清是什么材料" in said
    assert 'name="materials-1-name" value="其他材料"' in said
    assert ItemVersion.objects.count() == 1


def test_a_paper_that_is_added_gets_a_key_and_a_row_left_empty_is_none(allowance, office) -> None:
    sent = as_sent(listed()) | {
        "materials-5-name": "入住证明",
        "materials-5-origin": "third_party",
        "materials-5-form": "copy",
        "materials-5-copies": "1",
        "materials-5-required": "on",
    }
    office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", sent)
    assert [row.key for row in ItemVersion.objects.get(state="draft").content.materials] == ["id_card", "household_book", "bank_card", "paper_1"]


def test_publishing_replaces_the_old_version_at_once(allowance, office) -> None:
    draft = make_version("draft", fee="免费")
    office.post(f"/act/catalogue.publish/{draft.pk}/", {"note": "降费"})
    assert list(ItemVersion.objects.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]
    assert Item.objects.get().current == draft


def test_nothing_is_stored_when_nothing_was_changed(allowance, office) -> None:
    answer = office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", as_sent(listed()))
    assert "没有任何改动" in text_of(answer)
    assert ItemVersion.objects.count() == 1


def test_two_versions_are_compared_line_by_line(allowance, office) -> None:
    make_version(conditions=["年满 80 周岁", "在本县居住满一年"])
    page = text_of(office.get(reverse("catalogue:compare", args=[allowance.item_id])))
    assert "<del>本县户籍</del>" in page
    assert "<ins>在本县居住满一年</ins>" in page
    assert "<del>年满 80 周岁</del>" not in page


def test_an_import_is_shown_first_and_then_done_as_shown(allowance, office) -> None:
    file = to_yaml([listed(fee="免费"), listed(code="CV0002", name="老年人优待证办理")])
    page = office.post("/catalogue/import/", {"file": SimpleUploadedFile("a.yaml", file.encode()), "publish": "on"})
    assert "新增 1 项，修改 1 项，没有变化 0 项" in text_of(page)
    assert ItemVersion.objects.count() == 1
    sent = dict(re.findall(r'name="(key|note|publish)" value="([^"]*)"', page.content.decode().split('name="file"')[0]))
    office.post("/catalogue/import/", sent | {"several": page.context["several"], "apply": "1"})
    assert sorted(ItemVersion.objects.filter(state="published").values_list("item__code", "number")) == [("CV0001", 2), ("CV0002", 1)]


def test_a_wrong_file_is_refused_with_file_line_and_field(office) -> None:
    page = office.post("/catalogue/import/", {"file": SimpleUploadedFile("坏.yaml", b"items:\n- code: X1\n")})
    assert page.status_code == 422
    assert "坏.yaml 第 2 行 items[X1].code" in text_of(page)
    assert Item.objects.count() == 0


def test_the_whole_catalogue_goes_out_and_comes_in_again(allowance, office) -> None:
    archive = zipfile.ZipFile(io.BytesIO(office.get("/catalogue/export/").content))
    assert read_files({name: archive.read(name).decode() for name in archive.namelist()}) == [allowance.content]
    again = office.post("/catalogue/import/", {"file": SimpleUploadedFile("a.zip", archive.fp.getvalue())})
    assert "没有变化 1 项" in text_of(again)


def test_an_item_out_of_service_says_why_and_comes_back(allowance, office) -> None:
    office.post(f"/act/catalogue.stop_item/{allowance.item_id}/", {"reason": "系统升级"})
    page = text_of(office.get(reverse("catalogue:item", args=[allowance.item_id])))
    assert ("停办原因：系统升级" in page, Item.objects.get().offered) == (True, False)
    office.post(f"/act/catalogue.resume_item/{allowance.item_id}/", {"reason": "修好了"})
    assert (Item.objects.get().offered, Item.objects.get().stopped_reason) == (True, "")


@pytest.mark.parametrize("kind", ["guide", "notice"])
def test_the_guide_and_the_notice_are_printed(allowance, office, kind) -> None:
    answer = office.get(reverse("catalogue:paper", args=[allowance.pk, kind, "pdf"]))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert office.get(reverse("catalogue:paper", args=[allowance.pk, "other", "pdf"])).status_code == 404


@pytest.mark.parametrize(("allowed", "said"), [(True, "不必，可以委托代办"), (False, "不必，但不能代办")])
def test_the_guide_promises_an_agent_only_where_one_may_come(allowed, said) -> None:
    assert dict(facts(listed(in_person=False, in_person_reason="", agent_allowed=allowed)))["本人到场"] == said


def test_an_item_page_leads_to_its_draft(allowance, office) -> None:
    address = reverse("catalogue:item", args=[allowance.item_id])
    assert "核对和发布" not in text_of(office.get(address))
    office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", as_sent(listed(promised_limit={"value": 5, "unit": "workday"})))
    draft = ItemVersion.objects.get(state="draft")
    assert f'第 2 版是草稿，发布后才生效。 <a href="/catalogue/versions/{draft.pk}/">' in text_of(office.get(address))


def test_words_in_another_order_are_no_change(allowance, office) -> None:
    make_version(life_events=["old_age", "illness"], groups=["disabled", "elderly"])
    sent = as_sent(listed(life_events=["illness", "old_age"], groups=["elderly", "disabled"]))
    page = office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", sent)
    assert (page.status_code, "没有任何改动" in text_of(page), ItemVersion.objects.filter(state="draft").exists()) == (422, True, False)


def test_conditions_in_another_order_are_shown_whole() -> None:
    (change,) = compare(listed(), listed(conditions=list(reversed(listed().conditions))))
    assert (change.name, change.gone, change.came) == ("conditions", ["年满 80 周岁", "本县户籍"], ["本县户籍", "年满 80 周岁"])


def test_the_official_facts_are_typed_once_and_read_on_the_page_the_paper_and_by_search(allowance, office) -> None:
    typed = {"official_code": "３３0511001000", "power": "entrusted", "entrusted_by": "市民政局", "visits": "0", "complaint_phone": "12345"}
    office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", {**as_sent(allowance.content), **typed})
    draft = ItemVersion.objects.get(state="draft")
    assert (draft.content.official_code, draft.content.visits, draft.content.entrusted_by) == ("330511001000", 0, "市民政局")
    page = text_of(office.get(f"/catalogue/versions/{draft.pk}/"))
    assert "330511001000" in page and "不用到现场" in page and "市民政局" in page and "12345" in page
    assert ("事项编码", "330511001000") in facts(draft.content) and ("到现场次数", "不用到现场") in facts(draft.content)
    assert rank([draft], "330511001000") == [draft]


def test_an_official_code_of_another_kind_is_refused_at_its_field(allowance, office) -> None:
    answer = office.post(f"/act/catalogue.edit_item/{allowance.item_id}/", {**as_sent(allowance.content), "official_code": "330111001000"})
    assert answer.status_code == 422 and "和所选的事项类型" in text_of(answer)
    assert not ItemVersion.objects.filter(state="draft").exists()


def test_the_whole_catalogue_goes_out_as_a_workbook_is_edited_and_comes_in_again(allowance, office) -> None:
    book = load_workbook(io.BytesIO(office.get("/catalogue/export/?excel=1").content))
    heads = [cell.value for cell in book["事项"][1]]
    book["事项"].cell(2, heads.index("承诺期限") + 1).value = 7
    checked = office.post("/catalogue/import/", {"file": upload_of(book), "note": "缩短期限"})
    assert "修改 1 项" in text_of(checked) and "承诺期限" in text_of(checked)
    several = html.unescape(re.search(r'name="several" value="([^"]*)"', checked.content.decode())[1])
    office.post("/catalogue/import/", {"apply": "1", "several": several, "publish": "on", "key": "workbook-1"})
    assert Item.objects.get().current.content.promised_limit.value == 7


def test_a_workbook_with_faults_is_refused_by_sheet_row_and_column(allowance, office) -> None:
    book = load_workbook(io.BytesIO(office.get("/catalogue/export/?excel=1").content))
    book["材料"].cell(2, 4).value = "隔壁老王"
    answer = office.post("/catalogue/import/", {"file": upload_of(book)})
    assert answer.status_code == 422 and "第 2 行 “材料”表“来源”：没有“隔壁老王”" in text_of(answer)
    assert not ItemVersion.objects.filter(state="draft").exists()


def upload_of(book: Workbook) -> SimpleUploadedFile:
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("事项.xlsx", out.getvalue())
