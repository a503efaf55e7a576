"""Publicity: campaigns with place, time, channel and reach; totals; the letter to residents."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import load_workbook

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.buildout.models import Campaign
from weimin.buildout.papers_letter import Station, letter
from weimin.buildout.plan.read import read_plan
from weimin.buildout.rules_publicity import by_channel, by_township, channels_of
from weimin.buildout.tests.examples.publicity import WALL, make_campaign
from weimin.buildout.tests.siting_builders import TUPO, YOUYANG, plan_in_force
from weimin.papers.docx import to_docx
from weimin.papers.lint import lint
from weimin.papers.pdf import to_pdf
from weimin.papers.tests.builders import make_photo
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N12")]
VILLAGE, OTHER = "500242101200", 500242102200


@pytest.fixture
def plan(jurisdiction):
    with entered(system_actor()):
        yield plan_in_force()


@pytest.fixture
def township(actor, places):
    return actor("township", places.township)


def test_the_channels_are_the_plans_own_and_a_letter():
    assert [key for key, _words in channels_of(read_plan(YOUYANG.read_text()))] == ["wall_slogan", "photo_advertisement", "led", "wechat", "sms", "letter"]


def test_a_plan_without_channels_gets_the_usual_ones():
    assert [key for key, _words in channels_of(read_plan(TUPO.read_text()))] == ["wall_slogan", "photo_advertisement", "led", "wechat", "sms", "letter"]


def test_totals_name_every_channel_and_count_what_has_no_figure():
    found = by_channel([("sms", 30), ("sms", None), ("old", 5)], [("sms", "短信"), ("led", "LED")])
    assert [(row.key, row.campaigns, row.reached, row.uncounted) for row in found] == [("sms", 2, 30, 1), ("led", 0, 0, 0), ("old", 1, 5, 0)]


def test_totals_of_townships_take_villages_in_and_leave_the_county_apart():
    rows = [(500242101200, 30), (500242101000, 20), (500242000000, 9)]
    found = by_township(rows, {500242000000: "县", 500242101000: "甲镇", 500242102000: "乙镇"})
    assert [(row.label, row.campaigns, row.reached) for row in found] == [("县", 1, 9), ("甲镇", 2, 50), ("乙镇", 0, 0)]


def test_a_township_records_a_slogan_with_a_photo(plan, township):
    photo = SimpleUploadedFile("墙.jpg", make_photo(), "image/jpeg")
    act(township, "buildout.record_campaign", WALL | {"where": VILLAGE, "reached": "350"}, "k", target=plan.pk, files={"photo": photo})
    row = Campaign.objects.get()
    assert (row.region, row.channel, row.reached, row.starts_on) == (int(VILLAGE), "wall_slogan", 350, date(2026, 11, 20))
    assert Attachment.objects.get().subject_id == row.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"where": "nowhere"}, "where"), ({"channel": "radio"}, "channel"), ({"ends_on": "2026-11-01"}, "ends_on"), ({"reached": "-1"}, "reached"),
        ({"starts_on": "2099-01-01", "reached": "5"}, "reached"), ({"place": "a\x00b"}, "place"), ({"text": ""}, "text"),
    ],
)  # fmt: skip
def test_a_wrong_campaign_is_refused_with_its_field(plan, township, now, change, field):
    with pytest.raises(InputInvalid) as refused:
        act(township, "buildout.record_campaign", WALL | {"where": VILLAGE} | change, "k", target=plan.pk, now=now)
    assert (list(refused.value.form.errors), Campaign.objects.count()) == ([field], 0)


def test_a_campaign_elsewhere_is_not_there_to_be_recorded(plan, township, now):
    with pytest.raises(NotVisible):
        act(township, "buildout.record_campaign", WALL | {"where": str(OTHER)}, "k", target=plan.pk, now=now)
    assert Campaign.objects.count() == 0


def test_a_file_that_is_no_photo_keeps_the_campaign_out(plan, township):
    bad = SimpleUploadedFile("墙.jpg", b"not a picture", "image/jpeg")
    with pytest.raises(RuleBroken):
        act(township, "buildout.record_campaign", WALL | {"where": VILLAGE}, "k", target=plan.pk, files={"photo": bad})
    assert Campaign.objects.count() == 0


def test_the_reach_is_counted_later_and_corrected(plan, township, now):
    row = make_campaign(plan, int(VILLAGE))
    act(township, "buildout.count_reach", {"reached": "860", "ends_on": "2026-11-22"}, "k1", target=row.pk, now=now)
    act(township, "buildout.count_reach", {"reached": "900"}, "k2", target=row.pk, now=now)
    row.refresh_from_db()
    assert (row.reached, row.ends_on) == (900, date(2026, 11, 22))


def test_a_campaign_that_has_not_begun_is_not_counted(plan, township, now):
    row = make_campaign(plan, int(VILLAGE), starts_on="2026-12-24")
    with pytest.raises(RuleBroken, match="2026-12-24 才开始"):
        act(township, "buildout.count_reach", {"reached": "860"}, "k", target=row.pk, now=now)
    row.refresh_from_db()
    assert row.reached is None


def test_a_campaign_of_another_township_is_not_there(plan, township, now):
    row = make_campaign(plan, OTHER)
    with pytest.raises(NotVisible):
        act(township, "buildout.count_reach", {"reached": "1"}, "k", target=row.pk, now=now)


def test_the_page_totals_the_own_range_in_few_queries(plan, client_as, places, django_assert_max_num_queries):
    for number in range(30):
        make_campaign(plan, int(VILLAGE), reached=10, place=f"地点{number}")
    make_campaign(plan, OTHER, reached=5)
    client = client_as("township", places.township)
    with django_assert_max_num_queries(26):
        page = client.get(f"/buildout/plans/{plan.pk}/publicity/")
    assert (page.context["campaigns"], page.context["reached"], len(page.context["rows"])) == (30, 300, 25)


def test_the_workbook_holds_what_is_filtered(plan, client_as, places):
    make_campaign(plan, int(VILLAGE), reached=10)
    make_campaign(plan, OTHER, channel="led", text="=cmd()")
    content = client_as("lead_office", places.county).get(f"/buildout/plans/{plan.pk}/publicity/", {"channel": "led", "excel": "1"}).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[5]) for row in rows] == [("LED 字幕", "'=cmd()")]


@pytest.mark.parametrize("odd", [{"channel": "\x00"}, {"township": "x"}, {"cursor": "!!"}, {"counted": "maybe"}])
def test_odd_filters_give_a_page(plan, client_as, places, odd):
    assert client_as("leader", places.county).get(f"/buildout/plans/{plan.pk}/publicity/", odd).status_code == 200


LETTER = {
    "salutation": "尊敬的居民朋友", "body": "服务站开业了。\n欢迎光临。", "phone": "023-7555 0000", "signed_by": "板溪镇人民政府", "signed_on": date(2026, 11, 23),
}  # fmt: skip


def test_the_letter_names_the_open_sites_and_signs_on_the_right():
    paper = letter(LETTER, "板溪镇", [Station("甲村电商服务站", "村委会旁", "8:30—17:30")])
    document = Document(io.BytesIO(to_docx(paper)))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[0] == "致板溪镇居民的一封信"
    assert [lines[1], lines[-2], lines[-1]] == ["尊敬的居民朋友：", "板溪镇人民政府", "2026年11月23日"]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["甲村电商服务站", "村委会旁", "8:30—17:30"]
    assert (to_pdf(paper)[:5], lint(paper)) == (b"%PDF-", [])


def test_the_letter_page_answers_with_a_file_and_refuses_other_places(plan, client_as, places):
    client, address = client_as("township", places.township), f"/buildout/plans/{plan.pk}/letter/"
    form = client.get(address).context["form"]
    sent = LETTER | {"where": str(places.township), "signed_on": "2026-11-23", "ending": "pdf", "body": form.initial["body"]}
    assert client.post(address, sent).content[:5] == b"%PDF-"
    assert client.post(address, sent | {"where": str(OTHER)}).status_code == 422


def test_a_partner_writes_no_letters(plan, client_as, places):
    assert client_as("partner", places.township).get(f"/buildout/plans/{plan.pk}/letter/").status_code == 403
