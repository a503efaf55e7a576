"""What is in force is read in one query; what was published never changes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import by_code, current, find_items, get_version, offered
from weimin.catalogue.tests.builders import make_version

pytestmark = [pytest.mark.django_db, pytest.mark.req("S1")]


@pytest.fixture
def allowance(jurisdiction):
    return make_version()


def test_what_is_offered_is_read_in_one_query_and_each_list_once_in_a_process(allowance, django_assert_num_queries) -> None:
    make_version(code="LV0001", name="城乡居民养老保险参保登记", window="livelihood")
    assert all(row.content.code for row in offered())
    with django_assert_num_queries(1):
        assert [row.content.name for row in offered()] == ["高龄津贴申领", "城乡居民养老保险参保登记"]
    assert [row.item.code for row in offered("livelihood")] == ["LV0001"]


def test_a_draft_and_what_is_out_of_service_are_not_offered(allowance) -> None:
    make_version("draft", code="LV0001")
    allowance.item.offered = False
    allowance.item.save()
    assert offered() == []
    assert current("CV0001") == allowance


def test_the_version_in_force_is_the_last_published(allowance) -> None:
    newer = make_version(fee="免费")
    assert (current("CV0001"), newer.number) == (newer, 2)
    assert get_version(allowance.pk).state == "replaced"
    assert list(by_code(["CV0001", "XX0001"])) == ["CV0001"]


@pytest.mark.parametrize("said", ["高龄", "老人钱", "gaoling", "gljt", "CV0001", "我要办老人钱", "老年人", "高龄 津贴", "elderly"])
def test_an_item_is_found_by_the_words_people_use(allowance, said) -> None:
    assert find_items(said) == [allowance]


def test_what_nobody_says_finds_nothing(allowance) -> None:
    assert find_items("营业执照") == []


@pytest.mark.parametrize("said", ["老人家津贴", "老人补贴"])
def test_what_nobody_wrote_down_finds_what_comes_nearest_where_that_is_asked_for(allowance, said) -> None:
    make_version("CV0002", name="临时救助", words=["急难"], life_events=[], groups=[], theme="relief")
    assert (find_items(said), find_items(said, near=True)) == ([], [allowance])
    assert find_items("营业执照", near=True) == []


@pytest.mark.parametrize("change", [{"data": {}}, {"number": 9}, {"note": "改"}, {"published_by": "王五"}, {"state": "draft"}])
def test_the_database_keeps_what_was_published(allowance, change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=allowance.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=allowance.pk).delete()
