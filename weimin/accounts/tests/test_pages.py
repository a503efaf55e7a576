import pytest

from weimin.accounts.tests.builders import make_person

pytestmark = pytest.mark.django_db


def test_the_list_shows_people_of_the_own_range_only(jurisdiction, client_as, places):
    make_person("lisi", name="李四", region=places.other_township)
    make_person("wangwu", name="王五", region=places.township)
    page = client_as("administrator", places.township).get("/people/").content.decode()
    assert "王五" in page and "李四" not in page


@pytest.mark.parametrize(("query", "shown"), [("q=王", "王五"), ("q=lis", "李四"), ("role=village", "王五"), ("level4=500242102000", "李四")])
def test_the_list_is_filtered(jurisdiction, client_as, places, query, shown):
    make_person("lisi", name="李四", region=places.other_township)
    make_person("wangwu", name="王五", region=places.village, role="village")
    page = client_as("administrator", places.county).get(f"/people/?{query}").content.decode()
    assert {name for name in ("李四", "王五") if name in page} == {shown}


def test_the_list_goes_on_by_keyset(jurisdiction, client_as, places):
    for number in range(25):
        make_person(f"p{number:02}x", name=f"赵{number:02}", region=places.township)
    client = client_as("administrator", places.county)
    first = client.get("/people/")
    second = client.get(f"/people/?cursor={first.context['page'].next}")
    names = [row["name"] for answer in (first, second) for row in answer.context["rows"]]
    assert len(names) == len(set(names)) + names.count("张三") - 1 == 26


def test_the_list_costs_the_same_for_one_and_for_twenty(jurisdiction, client_as, places, django_assert_max_num_queries):
    client = client_as("administrator", places.county)
    for number in range(20):
        make_person(f"p{number:02}x", region=places.township)
    client.get("/people/")
    with django_assert_max_num_queries(22):
        client.get("/people/")


@pytest.mark.parametrize("role", ["lead_office", "township", "auditor"])
def test_the_list_is_the_administrators(jurisdiction, client_as, places, role):
    assert client_as(role, places.county).get("/people/").status_code == 403


def test_a_person_outside_the_range_is_missing(jurisdiction, client_as, places):
    person = make_person("lisi", region=places.other_township)
    client = client_as("administrator", places.township)
    assert (client.get(f"/people/{person.pk}/").status_code, client.get("/people/999999/").status_code) == (404, 404)


def test_the_page_of_a_person_says_why_a_button_is_off(jurisdiction, client_as, places):
    person = make_person("lisi", name="李四", region=places.township)
    page = client_as("administrator", places.county).get(f"/people/{person.pk}/").content.decode()
    assert "李四 没有被锁定" in page and "重置口令" in page


def test_my_page_shows_posts_and_sign_ins(jurisdiction, client_as, places):
    page = client_as("township", places.township).get("/me/").content.decode()
    assert "龙潭镇" in page and "请人代理" in page and "动态口令没有启用" in page


def test_a_person_without_a_post_reads_whom_to_ask(jurisdiction, client_as, places):
    client = client_as("township", places.township)
    client.post_row.delete()
    assert "您现在没有在任岗位" in client.get("/me/").content.decode()


@pytest.mark.parametrize("path", ["/people/?cursor=x", "/people/?region=abc&role=nobody&q=%00", "/people/?level4=1"])
def test_odd_addresses_give_the_list(jurisdiction, client_as, places, path):
    assert client_as("administrator", places.county).get(path).status_code == 200
